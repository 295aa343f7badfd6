letter-not-waiting = Thư này đã được gửi hoặc nội dung của thư đã bị xóa nên không thể gửi lại.
