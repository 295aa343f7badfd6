form-optional = （选填）
form-cancel = 取消
form-forged-hint = 表单打开的时间过长，或您在此期间登录或退出过登录。您填写的内容仍在此处，请核对后再次提交。
