job-administrator-only = Hanya administrator yang dapat mengubah tugas latar belakang.
job-not-ended = Hanya tugas latar belakang yang gagal atau dihentikan yang dapat dijalankan kembali.
job-ended = Tugas latar belakang ini telah selesai dan tidak dapat dihentikan.
