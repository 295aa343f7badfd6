token-revoked = Token akses ini telah dicabut.
token-read-only = Token akses ini hanya untuk membaca. Gunakan token yang boleh mengubah.
