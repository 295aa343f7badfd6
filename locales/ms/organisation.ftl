organisation-staff-only = Hanya kakitangan pusat negara itu boleh melakukan perkara ini.
organisation-own-only = Hanya pentadbir organisasi dan kakitangan pusat negaranya boleh melakukan perkara ini.
organisation-centre-only = Hanya pentadbir pusat negara itu boleh melakukan perkara ini.
organisation-not-active = Organisasi ini telah ditutup atau digabungkan dengan yang lain, jadi tidak boleh diubah lagi.
organisation-number-taken = Organisasi lain dalam rekod sudah mempunyai salah satu nombor daftar ini. Semak nombor itu, atau laporkan kedua-duanya sebagai pendua.
