error-not-found = Halaman tidak ditemukan
error-not-found-hint = Alamat mungkin salah ketik, atau halaman telah dipindahkan atau tidak dibuka untuk umum. Periksa alamat atau mulai dari beranda.

error-denied = Anda tidak berhak melakukan tindakan ini
error-unauthenticated = Masuk terlebih dahulu
error-unauthenticated-hint = Masuk, atau sertakan token akses yang sah dalam permintaan.

error-invalid = Beberapa isian perlu diperbaiki
error-invalid-hint = Isian yang bermasalah telah ditandai. Perbaiki, lalu kirim kembali.

error-conflict = Tindakan ini tidak dapat dilakukan dalam keadaan saat ini
error-stale = Orang lain telah mengubah isi ini
error-stale-hint = Perubahan Anda belum disimpan. Muat ulang halaman untuk melihat versi terbaru, lalu ubah kembali.

error-limited = Terlalu banyak permintaan
error-limited-hint = Tunggu { $seconds } detik, lalu coba lagi.

error-busy = Platform sedang sibuk
error-busy-hint = Permintaan Anda belum dijalankan. Coba lagi sebentar lagi.

error-full = Ruang penyimpanan penuh
error-full-hint = Tidak ada yang hilang: semua yang telah dikonfirmasi tetap tersimpan. Data baru tidak dapat disimpan sampai pengelola menyediakan ruang. Coba lagi nanti.

error-unavailable = Basis data tidak dapat dihubungi
error-unavailable-hint = Platform sedang mencoba menyambung kembali. Semua yang telah dikonfirmasi tetap tersimpan. Coba lagi dalam beberapa menit.

error-internal = Terjadi kesalahan di pihak kami
error-internal-hint = Kesalahan ini telah dicatat. Coba lagi; jika masih terjadi, sampaikan nomor permintaan kepada pengelola.

error-too-large = Data yang dikirim terlalu besar
error-too-large-hint = Kirim berkas yang lebih kecil atau teks yang lebih pendek.

error-unsupported-media = Jenis berkas atau data ini tidak diterima
error-unsupported-media-hint = Kirim dalam format yang disebutkan di halaman ini atau di dokumentasi API.

error-method-not-allowed = Tindakan ini tidak dapat dilakukan di alamat ini
error-method-not-allowed-hint = Kembali ke halaman sebelumnya dan gunakan tautan serta tombol di sana.

error-bad-request = Permintaan tidak dapat dipahami
error-bad-request-hint = Kembali, muat ulang halaman, lalu coba sekali lagi.

error-cross-site = Dikirim dari situs lain
error-cross-site-hint = Permintaan ini dikirim dari situs lain sehingga tidak dijalankan. Buka halaman di sini, lalu coba lagi.

error-forged = Formulir ini tidak dapat diterima
error-forged-hint = Formulir terlalu lama terbuka, atau Anda masuk atau keluar sesudahnya. Buka kembali halaman ini lalu kirim sekali lagi.

error-misdirected = Alamat ini tidak dilayani di sini
error-misdirected-hint = Permintaan menyebut situs lain. Periksa alamat atau tanyakan kepada pengelola.

error-timed-out = Permintaan memakan waktu terlalu lama
error-timed-out-hint = Permintaan tidak selesai tepat waktu. Periksa koneksi Anda, lalu coba lagi.

error-version-needed = Versi data tidak disebutkan
error-version-needed-hint = Orang lain mungkin telah mengubah data ini. Muat ulang data, lalu sertakan versi yang Anda lihat dalam permintaan, seperti dijelaskan di dokumentasi API.

error-back-home = Kembali ke beranda

error-request-id = Nomor permintaan: { $id }

error-field-required = Isian ini wajib diisi.
error-field-too-long = Paling banyak { $max } karakter.
error-field-too-short = Paling sedikit { $min } karakter.
error-field-bad-language = Pilih salah satu bahasa yang tersedia.
error-field-bad-value = Nilai ini tidak diterima. Pilih atau masukkan nilai lain.
error-field-bad-address = Alamat email ini tidak lengkap. Periksa lalu isi kembali.
error-field-common = Kata sandi ini terlalu mudah ditebak. Pilih yang lain, misalnya beberapa kata yang tidak berkaitan.
error-field-bad-code = Kode ini tidak benar atau sudah dipakai. Masukkan kode yang tampil sekarang, atau kode pemulihan.
error-field-wrong-password = Kata sandi tidak benar. Masukkan lagi.
