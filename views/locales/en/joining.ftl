join-begin = Welcome. Before you join { $unit }, please read what becomes of what you say here:
join-not-begun = You have not joined yet, and no name of yours is kept. To join, tap “Go on” below; if you would rather not, just leave it.
join-begin-do = Go on
privacy-kept-what = Kept
privacy-kept = { $what }: from the { -roster } your name, staff number, { -unit } and roles; the number of your account here and your language; what you send in here and what you are sent.
privacy-seen-what = Seen
privacy-seen = { $what }: whoever looks after your { -unit } sees that you joined. Who reported a { -problem } is named to { -triage } only. Your result in a { -contest } is told to you alone; others see numbers by { -unit }.
privacy-how-long-what = How long
privacy-how-long = { $what }: what you filed stays with the { -campaign }. What you began and did not send is forgotten after 7 days, a browser after 90.
privacy-leave-what = To leave
privacy-leave = { $what }: tell your { -secretary } or an { -admin }; from then on your accounts here belong to nobody. Send /privacy to read this again.
join-ask-code = Please send the invitation code of your { -unit }. If you have none, ask your { -secretary }.
join-ask-name = Please type your name as the { -roster } of { $unit } has it.
join-ask-number = Please type your staff number as the { -roster } of { $unit } has it.
join-wrong-code = This invitation is wrong or no longer works. Please check it, or ask your { -secretary } for a new one.
join-no-match = These do not match; please check name and staff number.
join-waiting = Sent. Please wait for your { -secretary } to confirm; you will hear at once.
join-asked = Please confirm: { $name } asks to join
join-asked-who = { $unit }, staff number { $number }
join-asked-messenger = Through a messenger. Please make sure, in person or by telephone, that it is them.
join-asked-page = Through the page. Please make sure, in person or by telephone, that it is them.
join-asked-known-as = They are called there: { $name }
join-asked-replaces = This person has an account already; if you confirm, the new one takes its place.
join-yes = Yes, it is them
join-no = Not this person
join-waiting-one = To confirm: { $name } ({ $unit }, { $number })
joined = Welcome, { $name }: you have joined { $unit }.
join-used = { $name } has joined { $unit } by your invitation.
join-confirmed = Confirmed: { $name } has joined { $unit }. If that was a mistake, undo it.
join-undo = Undo
join-undone-done = Undone: this account is no longer { $name }.
join-undone = Your { -secretary } took the confirmation back. Please ask them if that is wrong, and join again with an invitation code.
join-refused = Your { -secretary } did not confirm this. Please check and try the invitation code again, or speak to your { -secretary }.
join-refused-done = Answered: not this person; nobody was let in.
first-admin = You are now an { -admin }. Please set things up in five short steps; each can be passed over and taken up later with /setup.
invite-unit = Please forward this invitation to the people of { $name }:
invite-person = Please forward this invitation to { $name } only:
invite-until =
    { $uses ->
        [one] Valid until { $when }, once; earlier invitations no longer work
       *[other] Valid until { $when }, { $uses } times; earlier invitations no longer work
    }
invite-messenger = On the phone: { $link }
invite-page = In the browser: { $link }
invite-code = Or send: { $command }
invite-unit-next = They give name and staff number; they are in once you confirm.
invite-person-next = Whoever opens it is in, so please keep it out of groups.
page-link = Please open in your browser: { $link }
page-link-until = Valid until { $when }, once
page-link-own = This is your own way in; please do not pass it on.
enter-title = Enter
enter-press = Please choose where you enter. A link for one person works once, and only pressing uses it up.
enter-devices = You stay in for 90 days on your own device, for 12 hours on a shared one.
enter-own = This is my own device
enter-shared = A shared computer
enter-code = Invitation code (the line on paper)
enter-code-go = Join by the code
enter-closed = Please enter by the link you were given, or by staff number and passphrase.
enter-demo = This is a demo. Please open it on the machine on which it runs.
enter-ended = You are signed out here. Please enter again; what you were writing is still in this tab.
enter-wrong = This link is wrong or no longer works. Please ask for a new one.
enter-how = If you have neither, please send /page where you are in, or ask your { -secretary } or { -admin } for a link.
enter-number = Staff number
enter-passphrase = Passphrase
enter-no-match = Staff number and passphrase do not match. Please try again, or ask your { -secretary } for a link.
link-too-often = Too many wrong links were tried from here. Please press again in an hour; the link works then unless it has expired.
enter-too-often = That was tried too often. Please try again in an hour, or enter by a link.
command-page-word = web page
command-page = get a way in for your browser
first-office-name = { -organisation }
first-admin-name = { -admin }
refusal-code-wrong = This invitation is wrong or no longer works. Please ask your { -secretary } for a new one.
refusal-codes-too-many = That was tried too often. Please try again after { $until }.
refusal-already-joined = You have joined already: { $name } ({ $unit }).
refusal-join-no-match = These do not match. Please check name and staff number, or ask your { -secretary } for a new invitation code.
refusal-link-wrong = This link is wrong or no longer works. Please ask for a new one.
refusal-admins-invite = This person has further duties; please let an { -admin } invite them.
refusal-admin-exists = There is an { -admin } already.
refusal-page-not-public = The page is not open to browsers yet.
join-queue =
    { $count ->
        [one] { $count } person waits to join:
       *[other] { $count } people wait to join:
    }
join-queue-line = { $name }, { $unit }, { $number }
join-queue-line-look = ◇ { $name }, { $unit }, { $number }
join-queue-look = ◇ has an account already, or two ask to be this person: please look at these one by one.
join-queue-more = And { $count } more; they come when these are done.
join-queue-sure = Please make sure, in person or by telephone, that it is them.
join-queue-empty = Nobody waits to join any more.
join-all =
    { $count ->
        [one] Confirm { $count }
       *[other] Confirm all { $count }
    }
join-look = Look one by one
join-asked-twice = Two accounts ask to be this person; at most one of them is.
join-confirmed-many =
    { $count ->
        [one] Confirmed: { $count } person has joined. A mistake can be undone from the list.
       *[other] Confirmed: { $count } people have joined. A mistake can be undone from the list.
    }
join-confirmed-look = Who was confirmed
join-confirmed-list = Confirmed in the last 7 days. Press a name to undo it:
join-confirmed-empty = Nobody was confirmed in the last 7 days.
join-undo-one = ✕ { $name } ({ $unit }, { $number })
command-privacy-word = privacy
command-privacy = what is kept, who sees it, how to leave
refusal-join-moved = This list has changed. Please look at the newest card and confirm there.
refusal-join-full = This link has served everybody it was made for. Please ask your { -secretary } for another.
