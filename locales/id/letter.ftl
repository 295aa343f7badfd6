letter-not-waiting = Email ini sudah terkirim atau isinya telah dihapus. Email ini tidak dapat dikirim lagi.
