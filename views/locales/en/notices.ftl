# What recipients read
notice-please = Please read this { -notice } and tap “{ -acknowledged }” when you have.
notice-from = { $sender } · { $when }
notice-got-it = { -acknowledged }
notice-acknowledged-at = ✓ You tapped “{ -acknowledged }” on { $when }
notice-acknowledged-now = Thank you, noted.
notice-acknowledged-before = You had already tapped “{ -acknowledged }”.
notice-open-file = Open the file
notice-file = The file of “{ $title }”
notice-file-name = attachment{ $extension }
notice-why-is = You are in the audience: when it was sent you were in “{ $unit }”; “{ $sender }” sent it.
notices-empty = No { -notice } for you yet. New ones are sent to you and also stand here.
notices-unread =
    { $count ->
        [one] Please read and confirm: { $count } { -notice } waits for your “{ -acknowledged }”
       *[other] Please read and confirm what is below: { $count } wait for your “{ -acknowledged }”
    }
notices-all-read = You have confirmed everything here; open any to read it again.
notices-line-unread = ● { $title }
notices-line = { $title }
notices-of-unit = Not confirmed in my { -unit }
notices-unit-title = Please remind those who have not tapped “{ -acknowledged }”:
notices-unit-empty = No { -notice } went to your { -unit } lately. Those that do will stand here.
notices-unit-line = { $missing }/{ $total } missing · { $title }
notices-missing =
    { $count ->
        [one] { $count } person has not tapped “{ -acknowledged }”
       *[other] { $count } people have not tapped “{ -acknowledged }”
    }
notices-missing-reached = Delivered: { $names }
notices-missing-unopened = On the chat page, not opened yet: { $names }
notices-missing-unreachable = Not reachable, please tell them in person or by phone: { $names }
notices-name = { $name } ({ $unit })
notices-nobody-missing = Everybody in your { -unit } has tapped “{ -acknowledged }”.
# Writing and sending
broadcast-title = { $step }/{ $steps } Please write the title of the { -notice } ({ $limit } characters at most)
broadcast-body = { $step }/{ $steps } Please write the text ({ $limit } characters at most); or send one photo or file with the text as its caption
broadcast-units = { $step }/{ $steps } Please choose each { -unit } it goes to (with all below it; tap again to remove)
broadcast-roles = { $step }/{ $steps } Please choose who in them gets it
broadcast-known = So far: { $text }
broadcast-keep = Keep as it is
broadcast-has-file = With one file
broadcast-indent = {"  "}
broadcast-on = ✓ { $label }
broadcast-off = { $label }
broadcast-all-units = Everywhere
broadcast-everybody = Everybody
broadcast-next = Next
broadcast-count =
    { $count ->
        [one] { $count } recipient
       *[other] { $count } recipients
    }
broadcast-unreached =
    { $count ->
        [one] { $count } of them has no account to write to yet and will be listed as not reachable
       *[other] { $count } of them have no account to write to yet and will be listed as not reachable
    }
broadcast-preview = Please check what the recipients will see:
broadcast-line = ————————
broadcast-goes = After Send you have { $seconds } seconds to undo; then it goes out.
broadcast-waits = It is outside working hours: it goes out on { $when }; until then you can stop it.
broadcast-at = It goes out on { $when }; until then you can stop it.
broadcast-later = Send later
broadcast-now = Not later
broadcast-ask-later = When should it go out?
broadcast-same = Note: the same text went to some of them on { $when }.
broadcast-urgent-is = Urgent, not waiting for working hours. Reason: { $reason }
broadcast-change-words = Change the words
broadcast-file = File
broadcast-no-file = Without a file
broadcast-urgent = Urgent, send at once
broadcast-send = Send ({ $count })
broadcast-ask-file = Please send one photo or file to go with it
broadcast-ask-reason = Please write why it cannot wait for working hours; the reason is kept
broadcast-ask-count = Many people will get this. Please type the number of recipients, { $count }, to confirm
broadcast-again = The same text went to some of them on { $when }. Send it once more?
broadcast-again-yes = Send once more
broadcast-sent-list = What was sent
broadcast-sent-title = What you can look at; open one to see how far it is:
broadcast-sent-empty = Nothing was sent yet. Your first { -notice } will stand here.
broadcast-sent-line = { $when } · { $title }
broadcast-state-starting = “{ $title }” goes to { $count } people on { $when }; you can undo it for { $seconds } seconds.
broadcast-state-waiting = “{ $title }” goes to { $count } people on { $when }; until then you can stop it.
broadcast-state-running = Sending “{ $title }” to { $count } people
broadcast-state-done = “{ $title }” was sent; { $count } people in all
broadcast-state-stopped = “{ $title }” was stopped; it was meant for { $count } people
broadcast-state-undone = “{ $title }” was undone; nobody got it.
broadcast-numbers = sent { $sent } · waiting { $waiting } · not reachable { $unreachable } · { -acknowledged } { $acknowledged }/{ $total }
broadcast-unopened =
    { $count ->
        [one] Of those sent to, { $count } has not opened the chat page yet
       *[other] Of those sent to, { $count } have not opened the chat page yet
    }
broadcast-left-out = Not sent after the stop: { $count }
broadcast-unit =
    { $unit }: sent { $sent }{ $unopened ->
        [0] {""}
       *[other] {" "}({ $unopened } not opened)
    } · waiting { $waiting } · not reachable { $unreachable } · { -acknowledged } { $acknowledged }/{ $total }
broadcast-more-units = { $count } more
broadcast-do-undo = Undo
broadcast-do-stop = Stop sending
broadcast-do-again = Change and send anew
broadcast-told-done = Your { -notice } “{ $title }” was sent.
broadcast-told-stopped = The { -admin } stopped your { -notice } “{ $title }”.
broadcast-see = See how far it is
# Refusals
refusal-notice-senders-only = Sending a { -notice } is for an { -admin } or a { -secretary }. To read yours send /notices.
refusal-notice-empty = Please write something; it cannot be empty.
refusal-notice-file-kind = Please send a photo or a file; one goes with a { -notice }.
refusal-notice-nobody = Nobody is in this audience; please go back and choose again.
refusal-notice-audience-changed = The audience changed meanwhile: it is { $count } now. Please tap Back, check again and send.
refusal-notice-count-wrong = That is not the number. Please check the audience and type the number of recipients again.
refusal-notice-similar = The same text went to some of them on { $at }. To send it again please tap Back and check again.
refusal-notice-undo-late = More than { $seconds } seconds have passed and it is going out, so it cannot be undone; what is not sent yet can be stopped.
refusal-notice-ended = This { -notice } has ended; there is nothing more to do.
refusal-notice-urgent-admins-only = Only an { -admin } may send outside working hours.
refusal-notice-file-waiting = The file is still being received; please tap again in a moment.
