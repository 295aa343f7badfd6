shell-skip-to-content = Langsung ke isi
shell-language = Bahasa
shell-tagline = Mempertemukan penawaran teknologi dan kebutuhan teknologi lintas negara
shell-intro = Universitas, lembaga penelitian, dan perusahaan menerbitkan di sini teknologi yang mereka tawarkan dan teknologi yang mereka butuhkan. Platform ini mencocokkan kedua pihak dan mendampingi mereka hingga perjanjian ditandatangani.
shell-footer-about = Causeway adalah perangkat lunak terbuka untuk alih teknologi internasional.
shell-version = Versi { $version }
shell-api = API untuk program
shell-menu = Menu
