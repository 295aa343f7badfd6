file-editor-only = Chỉ biên tập viên và quản trị viên mới được thêm tệp.
