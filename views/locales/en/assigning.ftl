assign-of = { $number }
assign-ask-unit = 1/{ $steps } Please choose the { -unit } in charge, or type its name
assign-this = { $unit } itself
assign-named = Named in the report: { $unit }
assign-up = ‹ Up
assign-ask-accountable = { $step }/{ $steps } Please choose one { -accountable }
assign-ask-verifier = { $step }/{ $steps } Please choose the { -verifier } (neither the { -accountable } nor a subordinate)
assign-unit = In charge: { $unit }
assign-type-name = Tap a name, or type part of one.
assign-type-only = Type part of a name.
assign-no-unit = No such { -unit } was found; please try another word.
assign-no-accountable = Nobody in this { -unit } is called that.
assign-no-verifier = Nobody fits that. The { -verifier } is neither the { -accountable } nor somebody below them.
assign-ask-deadline = 4/4 Please set the deadline
assign-term =
    { $days ->
        [one] { $days } day
       *[other] { $days } working days
    }
assign-confirm = Please check, then assign
assign-until = Deadline: { $when }
assign-day-off = Please note: this is not a working day.
assign-people = { $unit } · { -accountable } { $accountable } · { -verifier } { $verifier }
assign-do = Assign
move-ask-deadline = Please choose the new deadline
reason-ask = Please write what is missing; the reporter will read it
reason-decline = Please write why it is declined; the reporter will read it
reason-strike = Please write why it is erased; the reporter will read it. Text and files cannot be brought back
reason-return = Please write why it is returned; this can be done once
reason-send-back = Please write what is still missing; the { -accountable } will read it
reason-move-deadline = Please write why the deadline moves; the old one stays in the timeline
supply-ask = Please tell us more: words, photos or files
supply-more = Received. Please send what else there is, or tap “Send it”
supply-words = words: { $words }
supply-files =
    { $count ->
        [one] { $count } attachment
       *[other] { $count } attachments
    }
supply-reason = What is missing: { $reason }
supply-send = Send it
refusal-reason-empty = Please write a sentence that says why.
refusal-returned-before = It was returned once already and cannot be returned again. Please speak with whoever assigned it.
refusal-own-shortcoming = A shortcoming of one's own is put right by oneself.
refusal-not-of-unit = Please choose somebody of the { -unit } in charge.
refusal-own-unit = This concerns your own { -unit }; please let another { -supervisor } assign it.
refusal-verifier-same = The { -verifier } cannot be the { -accountable }; please choose somebody else.
refusal-verifier-subordinate = The { -verifier } cannot be a subordinate of the { -accountable }; please choose somebody else.
refusal-deadline-same = That is the deadline already; nothing was changed.
refusal-extensions-used = This deadline has been put off twice and cannot be put off again. You can still move it to an earlier day.
refusal-deadline-past = The deadline must lie ahead; please choose again.
strike-sure = Please confirm: text and files cannot be brought back
strike-yes = Erase it
