### Access tokens, with which programs sign in.

# Why it cannot be revoked.
token-revoked = This access token has been revoked already.
# A token that may only read.
token-read-only = This access token may only read. Use one that may also change things.
