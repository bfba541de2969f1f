sheet-title = Join { $unit }
sheet-what = I am { -assistant }, the { -campaign }'s assistant: report a { -problem } and follow its { -rectification }, take a { -contest }, be reminded in time.
sheet-messenger = Scan with a phone that has Telegram
sheet-page = Scan, or open in a browser
sheet-typed = Without a camera, send this to the assistant:
sheet-then = You give your name and staff number; your { -secretary } confirms that it is you.
sheet-until =
    { $uses ->
        [one] Valid until { $when }, for one more person.
       *[other] Valid until { $when }, for { $uses } more people.
    }
sheet-ask = Questions: please ask { $names }.
sheet-kept = Kept are your name, staff number and { -unit }, and what you send here. Send /privacy to read more.
sheet-print = Please print this page now; its address works for an hour.
sheet-here-only = This link works on this machine only. For phones the program needs its public address (BOT_PUBLIC_URL) or a bot (BOT_TOKEN).
sheet-no-address = There is no link yet that others could open: the program needs its public address (BOT_PUBLIC_URL) or a bot (BOT_TOKEN).
invite-sheet = Sheet to print
invite-no-sheet = A sheet with a QR code needs the public address of the page (BOT_PUBLIC_URL).
