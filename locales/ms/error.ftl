error-not-found = Halaman tidak ditemui
error-not-found-hint = Alamat mungkin tersilap, atau halaman telah dipindahkan atau tidak terbuka kepada umum. Semak alamat atau mulakan dari laman utama.

error-denied = Anda tidak dibenarkan melakukan tindakan ini
error-unauthenticated = Log masuk dahulu
error-unauthenticated-hint = Log masuk, atau sertakan token capaian yang sah dengan permintaan.

error-invalid = Beberapa ruangan perlu dibetulkan
error-invalid-hint = Ruangan yang berkenaan telah ditandakan. Betulkan dan hantar semula.

error-conflict = Tindakan ini tidak dapat dilakukan dalam keadaan semasa
error-stale = Orang lain telah mengubah kandungan ini
error-stale-hint = Perubahan anda belum disimpan. Muat semula halaman untuk melihat versi terkini, kemudian buat perubahan anda sekali lagi.

error-limited = Terlalu banyak permintaan
error-limited-hint = Tunggu { $seconds } saat, kemudian cuba lagi.

error-busy = Platform sedang sibuk
error-busy-hint = Permintaan anda tidak dilaksanakan. Cuba lagi sebentar lagi.

error-full = Ruang storan penuh
error-full-hint = Tiada apa-apa yang hilang: semua yang telah disahkan tetap disimpan. Data baharu tidak dapat disimpan sehingga pengendali mengosongkan ruang. Cuba lagi kemudian.

error-unavailable = Pangkalan data tidak dapat dihubungi
error-unavailable-hint = Platform sedang cuba menyambung semula. Semua yang telah disahkan tetap disimpan. Cuba lagi dalam beberapa minit.

error-internal = Berlaku ralat di pihak kami
error-internal-hint = Ralat ini telah direkodkan. Cuba lagi; jika masih berlaku, maklumkan nombor permintaan kepada pengendali.

error-too-large = Kandungan yang dihantar terlalu besar
error-too-large-hint = Hantar fail yang lebih kecil atau teks yang lebih pendek.

error-unsupported-media = Jenis fail atau data ini tidak diterima
error-unsupported-media-hint = Hantar dalam format yang dinyatakan pada halaman ini atau dalam dokumentasi API.

error-method-not-allowed = Tindakan ini tidak dapat dilakukan di alamat ini
error-method-not-allowed-hint = Kembali ke halaman sebelumnya dan gunakan pautan serta butang di situ.

error-bad-request = Permintaan tidak dapat difahami
error-bad-request-hint = Kembali, muat semula halaman dan cuba sekali lagi.

error-cross-site = Dihantar dari laman web lain
error-cross-site-hint = Permintaan ini dihantar dari laman web lain, maka ia tidak dilaksanakan. Buka halaman di sini dan cuba lagi.

error-forged = Borang ini tidak dapat diterima
error-forged-hint = Borang ini telah dibuka terlalu lama, atau anda telah log masuk atau log keluar selepas itu. Buka semula halaman ini dan hantar sekali lagi.

error-misdirected = Alamat ini tidak dilayan di sini
error-misdirected-hint = Permintaan menyebut laman web lain. Semak alamat atau tanya pengendali.

error-timed-out = Permintaan mengambil masa terlalu lama
error-timed-out-hint = Permintaan tidak selesai dalam masa yang ditetapkan. Semak sambungan anda dan cuba lagi.

error-version-needed = Versi data tidak dinyatakan
error-version-needed-hint = Orang lain mungkin telah mengubah data ini. Muat semula data, kemudian sertakan versi yang anda lihat dengan permintaan, seperti dalam dokumentasi API.

error-back-home = Kembali ke laman utama

error-request-id = Nombor permintaan: { $id }

error-field-required = Isi ruangan ini.
error-field-too-long = Tidak lebih daripada { $max } aksara.
error-field-too-short = Sekurang-kurangnya { $min } aksara.
error-field-bad-language = Pilih salah satu bahasa dalam senarai.
error-field-bad-value = Nilai ini tidak diterima. Pilih atau masukkan nilai lain.
error-field-bad-address = Alamat e-mel ini tidak lengkap. Semak dan masukkan semula.
error-field-common = Kata laluan ini terlalu mudah diteka. Pilih yang lain, misalnya beberapa perkataan yang tidak berkaitan.
error-field-bad-code = Kod ini tidak betul atau telah digunakan. Masukkan kod yang dipaparkan sekarang, atau kod pemulihan.
error-field-wrong-password = Kata laluan tidak betul. Masukkan semula.
