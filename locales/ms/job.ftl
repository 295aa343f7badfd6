job-administrator-only = Hanya pentadbir boleh mengubah tugas latar belakang.
job-not-ended = Hanya tugas latar belakang yang gagal atau telah dihentikan boleh dijalankan semula.
job-ended = Tugas latar belakang ini telah tamat dan tidak dapat dihentikan.
