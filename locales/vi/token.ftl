token-revoked = Mã truy cập này đã bị thu hồi.
token-read-only = Mã truy cập này chỉ được đọc. Hãy dùng mã được phép thay đổi.
