plain-http = Opened like this nothing is encrypted and others could read along, so nothing is shown here.
plain-http-reader = Please open the address that begins with https://. If you do not know it, please ask your { -admin }.
plain-http-operator = Whoever runs this: set BOT_PUBLIC_URL or BOT_TRUSTED_PROXIES, or BOT_ALLOW_HTTP=1 in a closed network (see docs/install.md).
