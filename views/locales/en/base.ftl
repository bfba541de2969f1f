# Dates
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
when-moment = { $weekday } { $day } { $month } { $time }
when-day = { $day } { $month } { $year }
when-moment-year = { $weekday } { $day } { $month } { $year }, { $time }
when-left =
    { $days ->
        [one] { $when }, { $days } working day left
       *[other] { $when }, { $days } working days left
    }
when-today = Due today, { $when }
when-overdue =
    { $days ->
        [one] Was due { $when }, { $days } working day ago
       *[other] Was due { $when }, { $days } working days ago
    }
list-separator = {", "}
# Buttons met everywhere
back = ‹ Back
back-to-list = ‹ Back to the list
cancel = Cancel
cancelled = Cancelled; nothing was saved. Send /menu to see what else you can do.
nothing-to-cancel = Nothing is under way. Send /menu to see what you can do.
already-saved = This is already saved; no need to send it again.
failed = Sorry, this was not saved. Please try again. If it keeps happening, give the { -admin } the code { $reference }.
not-saved-yet = I cannot save anything at the moment, so this is not saved yet. I keep trying and tell you when it is; you may also try again in a few minutes.
stale = This button is out of date. Send /menu for the latest.
unknown = I did not understand that. Send /menu to see what you can do, /help for explanations.
unknown-command = There is no such command. Send /help for the ones you can use.
write-in-private = Please write to me in private; I do not handle personal matters in a group.
# Refusals
refusal-not-found = Nothing found: the number may be wrong, or it is not for you to see.
refusal-outdated =
    { $by ->
        [reporter] The reporter
       *[other] { $by }
    } already handled this at { $at }. Please open the latest card.
refusal-not-now = This cannot be done in the present state. Please open the latest card.
refusal-not-yours = This step is not yours to take.
refusal-members-only = Please join { -organisation } first: ask your { -secretary } for an invitation link.
refusal-text-empty = Please describe it in a sentence, or add a photo.
refusal-text-too-long = The text is too long: { $limit } characters at most, yours has { $length }. Please split it.
refusal-file-too-large = The file is too large; { $megabytes } MB at most.
refusal-file-empty = This file is empty; please choose another.
refusal-not-a-photo = This photo cannot be opened; please send a JPG or PNG photo.
refusal-not-a-voice = This recording cannot be read; please record it again.
refusal-sheet-too-large = The spreadsheet is too large: { $megabytes } MB at most. Please remove extra sheets or pictures.
refusal-sheet-too-long = The spreadsheet has too many rows: { $limit } at most. Please split it into several files.
refusal-sheet-too-wide = The spreadsheet has too many columns: { $limit } at most. Please follow the template.
refusal-sheet-empty = There is nothing in the spreadsheet; please fill it in and send it again.
refusal-sheet-kind = Only .xlsx and .csv spreadsheets can be read; please save it as one of these.
refusal-sheet-broken = This spreadsheet cannot be opened; please save it as .xlsx anew and send it again.
page-before = ‹ Earlier
page-after = More ›
refusal-date-not-understood = I did not understand that date. Please write it like 20 May 3pm or 2030-05-20 15:00.
refusal-date-does-not-exist = There is no such date or time; please check and write it again.
refusal-date-too-far = That date is more than { $years } years away; please check the year and write it again.
