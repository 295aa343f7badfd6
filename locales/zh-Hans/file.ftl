file-editor-only = 只有编辑和管理员可以添加文件。
