token-revoked = Binawi na ang access token na ito.
