plain-http = This address is not encrypted, so nothing is shown here. Please open the one that begins with https://, or ask your { -admin } for it.
plain-http-operator = Whoever runs this: set BOT_PUBLIC_URL or BOT_TRUSTED_PROXIES (see docs/install.md).
