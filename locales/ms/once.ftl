once-running = Permintaan pertama dengan kunci ini masih dijalankan. Tunggu sebentar, kemudian hantar sekali lagi.
once-unknown = Permintaan dengan kunci ini telah dihantar sebelum ini, tetapi jawapannya tidak disimpan. Semak sama ada permintaan itu telah dijalankan, kemudian gunakan kunci baharu.
once-other-request = Kunci ini telah digunakan untuk permintaan lain. Gunakan kunci baharu bagi setiap permintaan baharu.
