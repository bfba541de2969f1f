plain-http = This address is not encrypted, so nothing is shown here. Please open the one that begins with https://, or ask your { -admin } for it.
plain-http-operator = Whoever runs this: set BOT_PUBLIC_URL or BOT_TRUSTED_PROXIES (see docs/install.md).
demo-password = This is a demo. Please type the password that was shown when it was started.
demo-password-wrong = That is not the password, or there were too many tries; please try again in a minute.
demo-password-name = Password
