command-devices-word = 设备
command-devices = 看看在哪里登录了，并可退出
devices-title = 您在{ $count }处登录：
devices-line =
    { $name }{ $here ->
        [yes] （当前）
       *[no] { "" }
    }{ $shared ->
        [yes] （公用电脑）
       *[no] { "" }
    }：{ $since }登录，最近使用{ $used }
devices-none = 没有可退出的登录：您没有用即时通讯或链接在任何地方登录。
devices-telegram = Telegram
devices-browser = 浏览器
devices-numbered = { $number }. { $line }
devices-end = ✕ { $number }. { $name }
devices-ask = 请您确认：退出 { $name }？退出后马上失效，再进入需要链接或口令。
devices-ask-here = 请您确认：退出您当前所在的 { $name }？再进入需要链接或口令。
devices-yes = 确认退出
devices-ended = 已退出：{ $name }。
devices-ended-here = 您在这里已退出登录。
