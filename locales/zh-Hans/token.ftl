token-revoked = 此访问令牌已经撤销。
token-read-only = 此访问令牌只能读取。请使用允许修改的令牌。
