token-revoked = 此访问令牌已经撤销。
