organisation-staff-only = Hanya staf pusat negara tersebut yang boleh melakukan ini.
organisation-own-only = Hanya administrator organisasi dan staf pusat negaranya yang boleh melakukan ini.
organisation-centre-only = Hanya administrator pusat negara tersebut yang boleh melakukan ini.
organisation-not-active = Organisasi ini sudah ditutup atau digabungkan dengan organisasi lain, sehingga tidak dapat diubah lagi.
organisation-number-taken = Organisasi lain yang tercatat sudah memiliki salah satu nomor registrasi ini. Periksa nomornya, atau laporkan keduanya sebagai duplikat.
