once-running = Permintaan pertama dengan kunci ini masih dijalankan. Tunggu sebentar, lalu kirim lagi.
once-unknown = Permintaan dengan kunci ini sudah pernah dikirim, tetapi jawabannya tidak disimpan. Periksa apakah permintaan itu sudah dijalankan, lalu gunakan kunci baru.
once-other-request = Kunci ini sudah dipakai untuk permintaan lain. Gunakan kunci baru untuk setiap permintaan baru.
