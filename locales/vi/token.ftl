token-revoked = Mã truy cập này đã bị thu hồi.
