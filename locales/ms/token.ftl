token-revoked = Token capaian ini telah dibatalkan.
token-read-only = Token capaian ini hanya untuk membaca. Gunakan token yang boleh mengubah.
