account-role-administrator = Quản trị viên
account-role-editor = Biên tập viên
account-role-auditor = Kiểm toán viên
account-role-broker = Chuyên viên môi giới công nghệ
account-role-member = Thành viên
account-role-visitor = Khách truy cập
