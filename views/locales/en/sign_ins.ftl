command-devices-word = devices
command-devices = see where you are signed in, and end it
devices-title =
    { $count ->
        [one] You are signed in in one place:
       *[other] You are signed in in { $count } places:
    }
devices-line =
    { $name }{ $here ->
        [yes] , this one
       *[no] { "" }
    }{ $shared ->
        [yes] , shared computer
       *[no] { "" }
    }: since { $since }, last used { $used }
devices-none = Nothing to end: you are not signed in by a messenger or a link anywhere.
devices-telegram = Telegram
devices-browser = Browser
devices-numbered = { $number }. { $line }
devices-end = ✕ { $number }. { $name }
devices-ask = Please confirm: end { $name }? It is out at once; coming back takes a link or your passphrase.
devices-ask-here = Please confirm: end { $name }, where you are now? Coming back takes a link or your passphrase.
devices-yes = Yes, end it
devices-ended = Ended: { $name } is out.
devices-ended-here = Ended: you are out here.
