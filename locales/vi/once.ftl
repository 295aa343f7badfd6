once-running = Yêu cầu đầu tiên dùng khóa này vẫn đang được thực hiện. Hãy chờ một lát rồi gửi lại.
once-unknown = Đã có yêu cầu dùng khóa này được gửi trước đó nhưng câu trả lời không được lưu. Hãy kiểm tra xem yêu cầu đã được thực hiện chưa, rồi dùng khóa mới.
once-other-request = Khóa này đã được dùng cho một yêu cầu khác. Hãy dùng khóa mới cho mỗi yêu cầu mới.
