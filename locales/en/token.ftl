### Access tokens, with which programs sign in.

# Why it cannot be revoked.
token-revoked = This access token has been revoked already.
