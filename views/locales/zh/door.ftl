plain-http = 这个地址不加密，所以不显示内容。请用以 https:// 开头的地址打开，或向{ -admin }索取。
plain-http-operator = 负责运行的人请设置 BOT_PUBLIC_URL 或 BOT_TRUSTED_PROXIES（见 docs/install.zh-CN.md）。
demo-password = 这是演示。请输入启动程序时显示的密码。
demo-password-wrong = 密码不对，或者试得太多，请稍后再试。
demo-password-name = 密码
