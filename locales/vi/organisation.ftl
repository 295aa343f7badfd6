organisation-staff-only = Chỉ nhân viên của trung tâm tại quốc gia đó mới được làm việc này.
organisation-own-only = Chỉ quản trị viên của tổ chức và nhân viên trung tâm tại quốc gia mới được làm việc này.
organisation-centre-only = Chỉ quản trị viên của trung tâm tại quốc gia đó mới được làm việc này.
organisation-not-active = Tổ chức này đã đóng hoặc đã được gộp với tổ chức khác nên không thể sửa nữa.
organisation-number-taken = Một tổ chức khác đã được ghi nhận với số đăng ký này. Hãy kiểm tra lại số, hoặc báo rằng hai tổ chức bị trùng.
