# The card
problem-open = Open
problem-open-card = Back to the card
problem-more = More
problem-head = { $number } · { $state }
problem-concerns = About: { $unit }
problem-kind = Level: { $level } · { $category }
problem-text = { $text }
problem-struck = (the content was erased)
problem-reason = Reason: { $reason }
problem-filed-at = Reported: { $when }
problem-people = { $unit } · { -accountable } { $accountable } · { -verifier } { $verifier }
problem-overtaken =
    { $by ->
        [reporter] The reporter
       *[other] { $by }
    } already handled this at { $at }. This is how it stands:
problem-now = Now: { $state }
problem-ask-accept = Please decide whether to accept this
problem-ask-assign = Please assign it: { -unit }, { -accountable }, { -verifier } and deadline
problem-ask-supply = Please tell us more
problem-ask-sign = Please { -sign-for } this; if it is not your { -unit }'s, it can be returned once
problem-ask-sign-again = Please { -sign-for } this
problem-ask-plan = Please write down the { -measure }s
problem-ask-redo = Please go on as the note says, add evidence, then make the { -closure-request } again
problem-close-sure = Please confirm that the { -rectification } is done and the { -problem } is closed; it cannot be sent back afterwards
problem-close-yes = Yes, close it
problem-helpers = helped by { $names }
problem-ask-rectify = Please carry out the { -measure }s and add evidence
problem-ask-request-closure = Every { -measure } is done; please make the { -closure-request }
problem-ask-close = Please verify: close it if the { -rectification } is done, send it back if not
# Its steps
problem-do-accept = Accept
problem-do-ask = Ask for more
problem-do-decline = Decline
problem-do-strike = Erase the content
problem-do-assign = Assign
problem-do-supply = Tell more
problem-do-correct = Correct
problem-do-withdraw = Withdraw
problem-do-sign = Sign for it
problem-do-return = Return
problem-do-plan = Add a { -measure }
problem-do-request-closure = Make the { -closure-request }
problem-do-close = Close
problem-do-send-back = Send back
problem-do-move-deadline = Move the deadline
problem-measures = See the { -measure }s ({ $count })
problem-files = Attachments ({ $count })
problem-timeline = Timeline
problem-helper = Add a helper
problem-who = Who reported it
problem-who-is = { $number } was reported by { $name }. That you looked is recorded.
problem-why-is = Because in { $number } you are: { $parts }.
part-reporter = reporter
part-triage = { -triage }
part-secretary = { -secretary } of the { -unit } in charge
part-accountable = { -accountable }
part-helper = helper
part-verifier = { -verifier }
part-head = head of the { -unit } in charge
# States
state-submitted = waiting for { -triage }
state-needs-info = needs more information
state-withdrawn = withdrawn
state-declined = declined
state-accepted = accepted
state-assigned = waiting to be signed for
state-returned = returned
state-signed = signed for
state-in-progress = in { -rectification }
state-verifying = being verified
state-closed = { -closed }
# Lists
problem-line = { $note } · { $number } { $title }
problem-line-late = Overdue · { $note } · { $number } { $title }
queue-done = { $number }: you { $what }.
queue-next = Next ›
refusal-supervisors-only = Triage is done by a { -supervisor }. You can report a { -problem } by /report and follow it by /my.
refusal-signers-only = Signing is done by a { -secretary }. What you answer for is under /my, deadlines are under /due.
triage-title = To { -triage }: { $place } of { $count }
triage-empty = Nothing waits for { -triage }. New reports will show in the menu.
verify-title = For you to verify: { $place } of { $count }
verify-empty = No { -closure-request } waits for you. You will be told when one comes.
inbox-title = For you to handle: { $place } of { $count }
inbox-empty = Nothing waits for your { -unit }. What is assigned to it will show here.
due-title =
    { $count ->
        [one] Please keep an eye on { $count } deadline
       *[other] Please keep an eye on { $count } deadlines, by date
    }
due-line = { $when } · { $what }
due-late = Overdue · { $when } · { $what }
due-empty = No deadline concerns you. You will be reminded before one comes.
my-title = You own { $owned }, you reported { $reported }
my-empty = You have neither reported nor own a { -problem }. You can report one.
problem-ask-number = Please send the { -problem }'s number; its last digits will do
problem-totals =
    { $count ->
        [one] There is { $count } { -problem } in { -organisation }, { $late } overdue
       *[other] There are { $count } { -problem }s in { -organisation }, { $late } overdue
    }
problem-totals-state = • { $state }: { $count }
# The timeline
timeline-title = { $number }, step by step
timeline-who = { $part } { $name }
timeline-line = { $when }, { $who }: { $what }
timeline-note =     { $note }
timeline-moved =     { $before } → { $after }
timeline-report = reported
timeline-correct = corrected
timeline-supply = told more
timeline-withdraw = withdrew
timeline-ask = asked for more
timeline-decline = declined
timeline-strike = erased the content
timeline-accept = accepted
timeline-assign = assigned
timeline-sign = signed for it
timeline-return = returned it
timeline-plan = added a { -measure }
timeline-finish = finished a { -measure }
timeline-evidence = added evidence
timeline-request-closure = made the { -closure-request }
timeline-close = closed it
timeline-send-back = sent it back
timeline-move-deadline = moved the deadline
timeline-help = added a helper
# The digest
digest-title =
    { $count ->
        [one] Please look at { $count } thing today
       *[other] Please look at { $count } things today
    }
digest-problem = { $subject } { $title }: { $by }
digest-problem-head = Please follow up: { $subject } ({ $title }) { $by }
