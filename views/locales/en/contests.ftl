contest-overview = Running contests
contest-banks =
    { $count ->
        [one] { $count } question bank
       *[other] { $count } question banks
    }
contest-line = { $title } · { $phase }
contest-phase-planned = not yet open
contest-phase-open = open
contest-phase-closed = closed
contest-new = New { -contest }
bank-import = Import questions
bank-template = Template
bank-ask-file = Please send the question bank: a .json, or an .xlsx or .csv that follows the template
bank-template-text = Please fill in this template: a line for each question, as many options as it needs
bank-template-file = question-bank-template.xlsx
bank-sheet = Questions
bank-column-kind = Kind
bank-column-chapter = Chapter
bank-column-stem = Question
bank-column-answer = Answer
bank-column-reason = Reason
bank-column-option = Option { $letter }
bank-kind-single = one answer
bank-kind-multiple = several answers
bank-kind-truefalse = true or false
bank-example-chapter = Example
bank-example-reason = may be left empty
bank-example-single = How many quarters has a year?
bank-example-single-1 = Four
bank-example-single-2 = Three
bank-example-single-3 = Six
bank-example-single-4 = Two
bank-example-multiple = Which of these are even?
bank-example-multiple-1 = Two
bank-example-multiple-2 = Three
bank-example-multiple-3 = Four
bank-example-multiple-4 = Five
bank-example-truefalse = A day has twenty-four hours.
bank-example-truefalse-1 = True
bank-example-truefalse-2 = False
bank-preview =
    { $count ->
        [one] { $title }: { $count } question
       *[other] { $title }: { $count } questions
    }
bank-count-single = { $count } with one answer
bank-count-multiple = { $count } with several answers
bank-count-truefalse = { $count } true or false
bank-count-chapter = { $name } { $count }
bank-more-chapters =
    { $count ->
        [one] and { $count } more chapter
       *[other] and { $count } more chapters
    }
bank-confirm = Please check and save; nothing is saved before that
bank-known = Please note: a bank of this title with as many questions is there already; saving makes it two.
bank-save = Save the bank
bank-errors =
    { $count ->
        [one] { $count } error:
       *[other] { $count } errors:
    }
bank-error-row = Row { $row }: { $what }
bank-error-item = Question { $row }: { $what }
bank-mend = Nothing was saved. Please mend the file and send it again
bank-fault-unreadable = this question cannot be read
bank-fault-kind-unknown = the kind must be one answer, several answers, or true or false
bank-fault-stem-missing = the question is missing
bank-fault-stem-twice = the same question stands further up
bank-fault-too-long = the text is too long
bank-fault-options-few = fewer than two options
bank-fault-options-many = more than eight options
bank-fault-options-two = true or false needs two options
bank-fault-option-empty = an option is empty
bank-fault-option-twice = an option stands twice
bank-fault-answer-missing = the answer is missing
bank-fault-answer-unknown = the answer is none of the options
bank-fault-answer-one = only one answer is allowed here
bank-saved =
    { $count ->
        [one] Imported: { $title }, { $count } question
       *[other] Imported: { $title }, { $count } questions
    }
contest-ask-title = { $step }/{ $steps } Please write the title of the { -contest }
contest-ask-bank = { $step }/{ $steps } Please choose a question bank
contest-ask-count = { $step }/{ $steps } Please choose how many questions each paper has, or type a number
contest-ask-opens = { $step }/{ $steps } Please choose when it opens
contest-ask-closes = { $step }/{ $steps } Please choose when it closes
contest-ask-minutes = { $step }/{ $steps } Please choose the time for one attempt, or type the minutes
contest-ask-practice = { $step }/{ $steps } Please choose the form
contest-ask-audience = { $step }/{ $steps } Please choose whom it is for
contest-opens-now = Open now
contest-bank =
    { $count ->
        [one] { $title } · { $count } question · imported { $when }
       *[other] { $title } · { $count } questions · imported { $when }
    }
contest-bank-size =
    { $count ->
        [one] { $title } has { $count } question
       *[other] { $title } has { $count } questions
    }
contest-count-all = All { $count }
contest-minutes = { $count } min
contest-minutes-none = No limit
contest-practice-no = A { -contest } (results after the end)
contest-practice-yes = Practice (answers at once)
contest-everybody = Everybody
contest-check = Please check and save
contest-title = { $title }
contest-title-practice = { $title } (practice)
contest-from-bank = Questions: { $title }
contest-window = { $opens } to { $closes }
contest-for =
    { $count ->
        [one] For: { $unit }, { $count } person
       *[other] For: { $unit }, { $count } people
    }
contest-save = Save and tell them in time
contest-planned =
    { $count ->
        [one] Saved: { $title }. { $count } person will be told once it is open, in working hours
       *[other] Saved: { $title }. { $count } people will be told once it is open, in working hours
    }
contest-took-part = { $phase }, { $took } of { $people } took part
contest-published = The table of units is published
contest-publish = Publish the table of units
contest-remove = Take back
contest-ask-remove = Take back { $title }? It will not open, and nobody will be told.
contest-removed = Taken back; nobody was told.
refusal-organisers-only = Contests are run by an { -admin }; to take one send /quiz.
refusal-bank-kind = A question bank is a .json, .xlsx or .csv file.
refusal-bank-columns = The table lacks these columns: { $columns }. Please follow the template and keep the names in the first row.
refusal-bank-broken = This question bank cannot be read; please check its form, or use the template.
refusal-bank-empty = There are no questions in the file; please fill it in and send it again.
refusal-bank-has-errors = The bank still has errors; please mend the file and send it again.
refusal-contest-title-missing = Please write a title.
refusal-contest-count = The number of questions must be between 1 and { $limit }.
refusal-contest-bank-too-small = The bank has only { $available } questions, not { $wanted }. Please take fewer, or another bank.
refusal-contest-window = It must close after it opens; please choose again.
refusal-contest-minutes = The time must be between 1 and { $limit } minutes.
refusal-contest-still-open = It can be published once it has closed, { $at }.
refusal-contest-has-opened = It opened { $at } and can no longer be taken back.
