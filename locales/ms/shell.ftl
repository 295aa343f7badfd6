shell-skip-to-content = Langkau ke kandungan
shell-language = Bahasa
shell-tagline = Menghubungkan penawaran teknologi dengan keperluan teknologi merentas sempadan
shell-intro = Universiti, institut dan perusahaan menerbitkan di sini teknologi yang mereka tawarkan dan teknologi yang mereka perlukan. Platform ini memadankan kedua-dua pihak dan mengiringi mereka sehingga perjanjian ditandatangani.
shell-footer-about = Causeway ialah perisian terbuka untuk pemindahan teknologi antarabangsa.
shell-version = Versi { $version }
shell-api = API untuk atur cara
shell-menu = Menu
