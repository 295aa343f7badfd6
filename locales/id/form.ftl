form-optional = (opsional)
form-cancel = Batal
form-forged-hint = Formulir terlalu lama terbuka, atau Anda masuk atau keluar sesudahnya. Yang Anda ketik masih ada di sini. Periksa lalu kirim sekali lagi.
