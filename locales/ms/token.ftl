token-revoked = Token capaian ini telah dibatalkan.
