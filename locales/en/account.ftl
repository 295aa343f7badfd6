### The names of roles.

account-role-administrator = Administrator
account-role-editor = Editor
account-role-auditor = Auditor
account-role-broker = Technology broker
account-role-member = Member
account-role-visitor = Visitor
