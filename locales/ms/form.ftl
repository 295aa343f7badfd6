form-optional = (pilihan)
form-cancel = Batal
form-forged-hint = Borang ini telah dibuka terlalu lama, atau anda telah log masuk atau log keluar selepas itu. Apa yang anda taip masih ada di sini. Semak dan hantar sekali lagi.
