level-leadership = { -leadership }
level-department = { -department }
level-individual = { -individual } (myself)
concerns-mine = My { -unit }
concerns-other = Another { -unit }
concerns-unsure = Not sure
category-style = Style of work
category-service = Service
category-formalism = Formalism
category-study = Study
category-organisation = Organisation
category-discipline = Discipline
category-office = Office matters
category-other = Other
report-level = { $step }/{ $steps } Please choose the level of the { -problem }
report-warning = Nothing secret here; misconduct of others goes to { -channel }.
report-concerns = { $step }/{ $steps } Please choose the { -unit } concerned
report-category = { $step }/{ $steps } Please choose a category
report-body-text = { $step }/{ $steps } Please describe it in one message; photos are welcome
report-confirm = Please check and send
report-what = What: { $text }
report-no-text = (attachments only)
report-files =
    { $count ->
        [one] { $count } attachment
       *[other] { $count } attachments
    }
report-seen-by-unit = Who sees it: { -triage } sees the text and your name; the { -unit } in charge sees the text only.
report-seen-by-self = Who sees it: you, your { -secretary } and the { -verifier }.
report-send = Send
report-filed = Received, number { $number }
report-filed-next = You will be told when it is accepted; you can look at it any time.
source-visit = Visit
source-meeting = Meeting
source-phone = Phone
source-letter = Letter
report-unit = { $step }/{ $steps } Please choose the { -unit } concerned
report-source = { $step }/{ $steps } Please choose where this { -opinion } came from
report-place = With a location
report-album = The photos have arrived; please check and send.
report-album-open = Check
report-file-this = Shall this be filed as a { -problem }? It is kept meanwhile.
report-file-yes = File it
report-file-no = No, thanks
report-file-dropped = Fine, nothing was saved. Send /menu to see what you can do.
report-edited = Changed as you edited it; please check.
report-edited-late = The message you edited was already filed. Until it is accepted you can correct it under “my items”.
report-correct = Correct
report-correct-ask = Please write { $number } anew
report-corrected = { $number } was corrected.
report-withdraw = Withdraw
report-withdraw-ask = Withdraw { $number }? Nobody will deal with it then.
report-withdraw-yes = Withdraw
report-withdrawn = { $number } was withdrawn.
refusal-choice-unknown = Please choose one of the buttons on the card.
refusal-too-many-files = { $limit } files at most.
refusal-point-officers-only = Opinions are entered by a { -point-officer }; to report a { -problem } send /report.
opinions-title =
    { $count ->
        [one] { $count } opinion
       *[other] { $count } opinions
    }
opinions-line = { $number } · { $state } · { $text }
opinions-empty = There are no opinions yet. Send /opinion to enter the first.
report-about = { $chosen }
report-keep = Keep it
report-dot = {" · "}
refusal-unit-not-found = No { -unit } has these words in its name. Please try others, or tap one.
refusal-report-nobody-triages = Nobody can deal with reports about this { -unit } at present: every { -supervisor } belongs to it. Please tell the { -admin }, or choose another { -unit }.
refusal-report-nobody-reads = Your { -unit } has no other { -secretary } at present who could receive it, so it cannot be filed yet. Please tell the { -admin }.
