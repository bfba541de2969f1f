plain-http = 这样打开不加密，别人可能看到内容，所以这里不显示。
plain-http-reader = 请用以 https:// 开头的地址打开；不知道地址的，请向{ -admin }索取。
plain-http-operator = 负责运行的人请设置 BOT_PUBLIC_URL 或 BOT_TRUSTED_PROXIES；封闭网络里可设 BOT_ALLOW_HTTP=1（见 docs/install.zh-CN.md）。
