account-role-administrator = Administrator
account-role-editor = Editor
account-role-auditor = Auditor
account-role-broker = Perantara alih teknologi
account-role-member = Anggota
account-role-visitor = Pengunjung
