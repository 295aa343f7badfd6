shell-skip-to-content = 跳到正文
shell-language = 语言
shell-tagline = 跨越国界，对接技术供给与技术需求
shell-intro = 高校、科研院所和企业在这里发布可提供的技术和所需要的技术。平台为供需双方进行匹配，并协助双方对接，直至签署协议。
shell-footer-about = Causeway 是用于国际技术转移的开源软件。
shell-version = 版本 { $version }
shell-api = 应用程序接口（API）
shell-menu = 菜单
