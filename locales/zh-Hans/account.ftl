account-role-administrator = 管理员
account-role-editor = 编辑
account-role-auditor = 审计员
account-role-broker = 技术经理人
account-role-member = 成员
account-role-visitor = 访客
