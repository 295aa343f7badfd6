error-not-found = 未找到页面
error-not-found-hint = 网址可能有误，页面也可能已移动或未公开。请检查网址，或从首页重新开始。

error-denied = 您无权执行此操作
error-unauthenticated = 请先登录
error-unauthenticated-hint = 请登录，或在请求中附上有效的访问令牌。

error-invalid = 部分栏目需要更正
error-invalid-hint = 有问题的栏目已标出。请更正后重新提交。

error-conflict = 当前状态下无法执行此操作
error-stale = 内容已被他人修改
error-stale-hint = 您的修改没有保存。请重新加载页面，查看最新版本，然后再次修改。

error-limited = 请求过于频繁
error-limited-hint = 请等待 { $seconds } 秒后再试。

error-busy = 平台繁忙
error-busy-hint = 您的请求没有执行。请稍后再试。

error-full = 存储空间已满
error-full-hint = 数据没有丢失：已经确认的内容均已保存。在运营方腾出空间之前，无法保存新内容。请稍后再试。

error-unavailable = 无法连接数据库
error-unavailable-hint = 平台正在尝试重新连接。已经确认的内容均已保存。请几分钟后再试。

error-internal = 平台出现故障
error-internal-hint = 故障已记录。请重试；如果问题再次出现，请将请求编号告知运营方。

error-too-large = 提交的内容过大
error-too-large-hint = 请提交较小的文件或较短的文字。

error-unsupported-media = 不接受此类文件或数据
error-unsupported-media-hint = 请使用本页面或 API 文档中列出的格式。

error-method-not-allowed = 此网址不支持该操作
error-method-not-allowed-hint = 请返回上一页，使用页面上的链接和按钮。

error-bad-request = 无法理解该请求
error-bad-request-hint = 请返回并重新加载页面，然后再试一次。

error-cross-site = 请求来自其他网站
error-cross-site-hint = 该请求由其他网站的页面发出，因此没有执行。请在本平台打开页面后重试。

error-forged = 无法接收此表单
error-forged-hint = 表单打开的时间过长，或您在此期间登录或退出过登录。请重新打开页面后再次提交。

error-misdirected = 此处不提供该网址的服务
error-misdirected-hint = 请求指向其他网站。请检查网址，或向运营方询问正确的网址。

error-timed-out = 请求超时
error-timed-out-hint = 请求未能及时完成。请检查网络连接后重试。

error-version-needed = 缺少数据版本
error-version-needed-hint = 其他人可能已经修改该数据。请重新加载，并按照 API 文档在请求中附上您看到的版本。

error-back-home = 返回首页

error-request-id = 请求编号：{ $id }

error-field-required = 请填写此栏。
error-field-too-long = 最多 { $max } 个字符。
error-field-too-short = 至少 { $min } 个字符。
error-field-bad-language = 请从所列语言中选择一种。
error-field-bad-value = 此值不可用。请选择或输入其他值。
error-field-bad-address = 这不是完整的电子邮箱地址。请检查后重新填写。
error-field-common = 此密码过于常见，容易被猜中。请换一个，例如由几个互不相关的词组成。
error-field-bad-code = 验证码不正确或已使用过。请输入当前显示的验证码，或恢复码。
error-field-wrong-password = 密码不正确。请重新输入。
