token-revoked = Token akses ini telah dicabut.
