helper-asked = Asked to help: { $names }
measures-ask-first = Please write down the { -measure }s; there are none yet
measures-ask =
    { $count ->
        [one] Please carry out this { -measure }
       *[other] Please carry out these { $count } { -measure }s
    }
measures-title =
    { $count ->
        [one] { $count } { -measure }
       *[other] { $count } { -measure }s
    }
measures-of = { $number }
measure-line = { $mark } { $place } { $text } (evidence: { $count })
measure-mark-done = ✓
measure-mark-open = ○
measure-text = { $text }
measure-is-done = Done
measure-is-open = Not done yet
measure-evidence = Evidence: { $count }
measure-words = “{ $words }”
measure-do-prove = Add evidence
measure-do-finish = Done
measure-do-evidence = Look at the evidence
measure-ask = Please write the { -measure }s, one in each message ({ $count } so far)
measure-enough = That is all
evidence-ask = Please send photos, files or words as evidence ({ $count } received now)
evidence-ask-album = Received. Please send what else there is, or tap “That is all”
evidence-enough = That is all
helper-ask = Please choose a helper: type part of a name, then tap it ({ $number })
file-caption = { $number }, attachment { $place }/{ $count }
file-name = { $number }-{ $place }
file-waiting = An attachment is still on its way; please look again later.
refusal-measure-empty = Please write the { -measure } in a sentence.
refusal-evidence-empty = Please send a photo, a file or a sentence.
refusal-measures-missing = There is no { -measure } yet; please write one first.
refusal-measures-open =
    { $count ->
        [one] { $count } { -measure } is not done yet; finish it before the { -closure-request }.
       *[other] { $count } { -measure }s are not done yet; finish them before the { -closure-request }.
    }
refusal-evidence-missing =
    { $count ->
        [one] { $count } { -measure } has no evidence yet; add it before the { -closure-request }.
       *[other] { $count } { -measure }s have no evidence yet; add it before the { -closure-request }.
    }
