error-not-found = Không tìm thấy trang
error-not-found-hint = Địa chỉ có thể bị gõ sai, hoặc trang đã được chuyển đi hay không công khai. Hãy kiểm tra địa chỉ hoặc bắt đầu từ trang chủ.

error-denied = Bạn không có quyền thực hiện việc này
error-unauthenticated = Hãy đăng nhập trước
error-unauthenticated-hint = Hãy đăng nhập, hoặc gửi kèm mã truy cập hợp lệ trong yêu cầu.

error-invalid = Một số ô cần sửa
error-invalid-hint = Các ô cần sửa đã được đánh dấu. Hãy sửa rồi gửi lại.

error-conflict = Không thể thực hiện việc này trong trạng thái hiện tại
error-stale = Người khác đã sửa nội dung này
error-stale-hint = Thay đổi của bạn chưa được lưu. Hãy tải lại trang để xem phiên bản mới nhất rồi sửa lại.

error-limited = Quá nhiều yêu cầu
error-limited-hint = Hãy chờ { $seconds } giây rồi thử lại.

error-busy = Nền tảng đang bận
error-busy-hint = Yêu cầu của bạn chưa được thực hiện. Hãy thử lại sau giây lát.

error-full = Dung lượng lưu trữ đã đầy
error-full-hint = Không có gì bị mất: mọi nội dung đã xác nhận vẫn được lưu giữ. Chưa thể lưu nội dung mới cho đến khi đơn vị vận hành giải phóng dung lượng. Hãy thử lại sau.

error-unavailable = Không kết nối được với cơ sở dữ liệu
error-unavailable-hint = Nền tảng đang thử kết nối lại. Mọi nội dung đã xác nhận vẫn được lưu giữ. Hãy thử lại sau vài phút.

error-internal = Đã xảy ra lỗi ở phía chúng tôi
error-internal-hint = Lỗi đã được ghi lại. Hãy thử lại; nếu vẫn gặp lỗi, hãy báo số yêu cầu cho đơn vị vận hành.

error-too-large = Nội dung gửi lên quá lớn
error-too-large-hint = Hãy gửi tệp nhỏ hơn hoặc văn bản ngắn hơn.

error-unsupported-media = Không chấp nhận loại tệp hoặc dữ liệu này
error-unsupported-media-hint = Hãy gửi theo định dạng nêu trên trang này hoặc trong tài liệu API.

error-method-not-allowed = Không thể thực hiện việc này tại địa chỉ này
error-method-not-allowed-hint = Hãy quay lại trang trước và dùng các liên kết và nút ở đó.

error-bad-request = Không hiểu được yêu cầu
error-bad-request-hint = Hãy quay lại, tải lại trang rồi thử một lần nữa.

error-cross-site = Yêu cầu đến từ trang web khác
error-cross-site-hint = Yêu cầu này được gửi từ một trang web khác nên không được thực hiện. Hãy mở trang tại đây rồi thử lại.

error-forged = Không thể nhận biểu mẫu này
error-forged-hint = Biểu mẫu đã mở quá lâu, hoặc bạn đã đăng nhập hay đăng xuất sau đó. Hãy mở lại trang và gửi lại.

error-misdirected = Địa chỉ này không được phục vụ tại đây
error-misdirected-hint = Yêu cầu ghi tên một trang web khác. Hãy kiểm tra địa chỉ hoặc hỏi đơn vị vận hành.

error-timed-out = Yêu cầu mất quá nhiều thời gian
error-timed-out-hint = Yêu cầu không hoàn tất kịp thời. Hãy kiểm tra kết nối mạng rồi thử lại.

error-version-needed = Thiếu phiên bản của dữ liệu
error-version-needed-hint = Người khác có thể đã sửa dữ liệu này. Hãy tải lại rồi gửi kèm phiên bản bạn đã thấy, theo tài liệu API.

error-back-home = Về trang chủ

error-request-id = Số yêu cầu: { $id }

error-field-required = Hãy điền ô này.
error-field-too-long = Tối đa { $max } ký tự.
error-field-too-short = Ít nhất { $min } ký tự.
error-field-bad-language = Hãy chọn một ngôn ngữ trong danh sách.
error-field-bad-value = Không dùng được giá trị này. Hãy chọn hoặc nhập giá trị khác.
error-field-bad-address = Địa chỉ email này chưa đầy đủ. Hãy kiểm tra rồi nhập lại.
error-field-common = Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác, chẳng hạn vài từ không liên quan với nhau.
error-field-bad-code = Mã này không đúng hoặc đã được dùng. Hãy nhập mã đang hiển thị, hoặc mã khôi phục.
error-field-wrong-password = Mật khẩu không đúng. Hãy nhập lại.
