account-role-administrator = Pentadbir
account-role-editor = Penyunting
account-role-auditor = Juruaudit
account-role-broker = Broker teknologi
account-role-member = Ahli
account-role-visitor = Pelawat
