setup-title = Setting up { $step }/{ $steps }: { $what }
setup-step = { $step } { $what }
setup-leave = You may pass this over, or leave at any time; /setup goes on from here.
setup-next = Next step
setup-last = Finish
setup-organisation = name and language
setup-organisation-state = Called: { $name }
setup-organisation-how = The name stands over what is sent in its name. The language is your own; everybody chooses theirs.
setup-name-do = Change the name
setup-ask-name = Please type the name of { -organisation }.
setup-hours = working hours and holidays
setup-hours-state = Working hours: { $start } to { $end }
setup-hours-how = Outside them and on days off nobody is written to unasked. Deadlines end at 18:00 all the same. Public holidays are known; you can change each day.
setup-times-do = Change the hours
setup-ask-times = Please type the working hours, such as 8:30-17:30.
setup-roster = { -roster }
setup-roster-state = On it now: units { $units }, people { $people }
setup-roster-how = Fill in the template and send it here; you see what changes before it is saved.
setup-secretaries = who looks after each { -unit }
setup-secretaries-state =
    { $count ->
        [one] In the role of { -secretary }: { $count } person, { $joined } joined
       *[other] In the role of { -secretary }: { $count } people, { $joined } joined
    }
setup-secretaries-how = Choose a person under People to give them the role and an invitation; they invite their own people.
setup-notice = a test message
setup-notice-state = Send one to yourself: if it arrives, so do all others.
setup-notice-how = Afterwards you can write a { -notice } to everybody.
setup-trial-do = Send it to me
setup-trial = This is the test message of { $name }. It arrived, so reminders and notices will too.
setup-finished = All steps are behind you: { $name }. You can come back to each:
command-setup-word = set up
command-setup = set the assistant up in five steps
refusal-hours-unreadable = These hours cannot be read. Please type them like 8:30-17:30, at least one hour.
