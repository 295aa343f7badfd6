job-administrator-only = Chỉ quản trị viên mới được thay đổi tác vụ nền.
job-not-ended = Chỉ tác vụ nền bị lỗi hoặc đã dừng mới chạy lại được.
job-ended = Tác vụ nền này đã kết thúc nên không dừng được.
