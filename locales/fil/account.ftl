account-role-administrator = Tagapangasiwa
account-role-editor = Patnugot
account-role-auditor = Auditor
account-role-broker = Tagapag-ugnay sa paglilipat ng teknolohiya
account-role-member = Miyembro
account-role-visitor = Bisita
