form-optional = (không bắt buộc)
form-cancel = Hủy
form-forged-hint = Biểu mẫu đã mở quá lâu, hoặc bạn đã đăng nhập hay đăng xuất sau đó. Những gì bạn nhập vẫn còn ở đây. Hãy kiểm tra rồi gửi lại.
