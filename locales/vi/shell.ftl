shell-skip-to-content = Chuyển đến nội dung
shell-language = Ngôn ngữ
shell-tagline = Kết nối cung và cầu công nghệ xuyên biên giới
shell-intro = Trường đại học, viện nghiên cứu và doanh nghiệp công bố tại đây những công nghệ mình cung cấp và những công nghệ mình cần. Nền tảng ghép nối hai bên và đồng hành cùng họ cho đến khi ký thỏa thuận.
shell-footer-about = Causeway là phần mềm mở phục vụ chuyển giao công nghệ quốc tế.
shell-version = Phiên bản { $version }
shell-api = API dành cho chương trình
shell-menu = Danh mục
