account-role-administrator = ผู้ดูแลระบบ
account-role-editor = บรรณาธิการ
account-role-auditor = ผู้ตรวจสอบ
account-role-broker = ผู้ประสานงานถ่ายทอดเทคโนโลยี
account-role-member = สมาชิก
account-role-visitor = ผู้เยี่ยมชม
