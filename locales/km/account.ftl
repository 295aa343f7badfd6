account-role-administrator = អ្នកគ្រប់គ្រងប្រព័ន្ធ
account-role-editor = អ្នកកែសម្រួល
account-role-auditor = សវនករ
account-role-broker = អ្នកសម្របសម្រួលផ្ទេរបច្ចេកវិទ្យា
account-role-member = សមាជិក
account-role-visitor = អ្នកទស្សនា
