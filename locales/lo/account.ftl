account-role-administrator = ຜູ້ດູແລລະບົບ
account-role-editor = ບັນນາທິການ
account-role-auditor = ຜູ້ກວດສອບ
account-role-broker = ຜູ້ປະສານງານຖ່າຍທອດເຕັກໂນໂລຊີ
account-role-member = ສະມາຊິກ
account-role-visitor = ຜູ້ເຂົ້າຊົມ
