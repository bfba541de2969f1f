plan-ask-what = Please choose what to plan
plan-session = A { -session }
plan-assessment = An { -assessment } deadline
session-kind-branch-meeting = { -branch-meeting }
session-kind-committee-meeting = { -committee-meeting }
session-kind-group-meeting = { -group-meeting }
session-kind-class = { -class }
session-kind-theory = { -theory-study }
session-kind-themed-day = { -themed-day }
session-ask-kind = { $step }/{ $steps } Please choose the kind
session-ask-title = { $step }/{ $steps } Please write the subject
session-ask-start = { $step }/{ $steps } Please choose when it starts
session-ask-place = { $step }/{ $steps } Please write the place, or the meeting number if it is online
session-ask-units = { $step }/{ $steps } Please choose the { -unit } or units that attend
session-ask-material = { $step }/{ $steps } Please send the material: text, links or files, in any number
session-ask-check = { $step }/{ $steps } Please check, then confirm
session-where = { $kind } · { $place }
session-day-off = Please note: this is not a working day, so nobody is reminded on the day itself.
session-for =
    { $count ->
        [one] For: { $units }, { $count } person
       *[other] For: { $units }, { $count } people
    }
session-plan = Confirm and tell them
session-units = For: { $units }
material-words = Material: { $words }
material-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
material-next = Next
material-none = No material, next
material-name = material { $place }
material-caption = { $title }: material { $place }/{ $count }
material-waiting =
    { $count ->
        [one] { $count } file is still on its way; please try again shortly.
       *[other] { $count } files are still on their way; please try again shortly.
    }
session-planned = Planned:
session-move-done = Moved to:
session-cancel-done = Cancelled; it was set for:
session-being-told =
    { $count ->
        [one] { $count } person is told from { $when } on.
       *[other] { $count } people are told from { $when } on.
    }
session-not-you = You attend as well and are not told again.
session-tell-yourself =
    { $count ->
        [one] There are no working hours left to tell the { $count } person concerned before then; please do so yourself.
       *[other] There are no working hours left to tell the { $count } people concerned before then; please do so yourself.
    }
session-told-new = Please come
session-told-moved = Please note the new time
session-told-hour = Please be on time, it starts soon
session-told-cancelled = Please note: cancelled, you need not come
session-moved-when = { $when }, was { $before }
session-was = It was set for { $when }
session-please-come = Please come
session-is-cancelled = Cancelled
session-your-leave = You said that you cannot come
session-your-mark = In the roll: { $mark }
session-do-open = Details and material
session-do-material =
    { $count ->
        [one] Material ({ $count } file)
       *[other] Material ({ $count } files)
    }
session-do-cannot-come = I cannot come
session-do-can-come = I can come after all
session-do-more = More…
session-do-move = Change the time
session-do-cancel = Cancel it
session-do-cancel-yes = Cancel and tell them
session-ask-reason = Please say in a sentence why you cannot come, or leave it out
session-no-reason = No reason
session-ask-new-start = Please choose the new time
session-ask-cancel = Please confirm: cancel this and tell those who attend?
study-title = Today and to come, { $count }:
study-empty = Nothing is planned for now. You will be told when something is.
study-line = { $title }: { $when }, { $place }
study-line-leave = { $title }: { $when } (you cannot come)
study-open = { $title }
study-owed = Yours to submit: { $count } ({ -assessment })
study-past = Past
study-deadlines = Deadlines
study-past-title = What you attended in the last half year:
study-past-empty = There is nothing of yours in the last half year.
study-past-line = { $title }: { $when }, { $mark }
mark-present = present
mark-absent = absent
mark-on-leave = on leave
mark-none = no roll-call
roll-list =
    { $count ->
        [one] Please call the roll: { $count } waits
       *[other] Please call the roll: { $count } wait
    }
roll-empty = No roll waits for you. A roll opens half an hour before the start; you may also plan something first.
roll-place = { $title }: { $when }, { $unit }
roll-call = Roll: { $unit }
roll-look = Called: { $unit }
roll-of-session = { $roll } · { $title }
roll-ask = Please call the roll
roll-where = { $when }, { $unit }
roll-counts = Expected { $expected }, present { $present }, absent { $absent }, on leave { $leave }
roll-how = Tap a name to switch: present, ✗ absent, ○ on leave; then confirm once.
roll-name-present = { $name }
roll-name-absent = ✗ { $name }
roll-name-on-leave = ○ { $name }
roll-confirm = Confirm the roll
roll-called = Roll called by { $by }, { $at }
roll-unit = { $unit }: expected { $expected }, present { $present }, absent { $absent }, on leave { $leave }
roll-correct = Correct it
roll-correcting = Please tap the name to correct; each change is saved at once and the old mark is kept
roll-corrected = Done
digest-session = Please come: { $title }, { $when }
refusal-words-missing = Please write a few words.
refusal-session-begun = It has begun and can no longer be changed.
refusal-session-cancelled = This one is cancelled.
refusal-session-same-time = The time has not changed; please choose another.
refusal-callers-only = The roll is called by a { -secretary } or an { -admin }. What you attend, and how you stand, is under /study.
refusal-roll-too-early = It is too early for the roll; it opens at { $at }.
refusal-roll-changed = The list has changed; please open the roll again.
refusal-files-too-many = Too many files; { $limit } at most. Please send fewer.
