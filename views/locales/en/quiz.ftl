quiz-empty = There is no { -contest } to take at present. You will be told of a new one.
quiz-list = Knowledge contests:
quiz-line-contest = { $title } · { $state }
quiz-line-practice = { $title } (practice) · { $state }
quiz-taken-not-yet = not taken, open until { $when }
quiz-taken-running = under way, open until { $when }
quiz-taken-handed-in = handed in, result after { $when }
quiz-taken-time-up = time was up and what you had answered was handed in, result after { $when }
quiz-taken-result = result available · closed { $when }
quiz-taken-missed = closed { $when }, you did not take part
quiz-ask = Please take the knowledge { -contest } { $title }
quiz-ask-practice = Please take the practice round { $title }
quiz-until = Until { $when }
quiz-rule =
    { $count ->
        [one] { $count } question
       *[other] { $count } questions
    }, { $minutes ->
        [one] { $minutes } minute from the start
       *[other] { $minutes } minutes from the start
    }
quiz-rule-open =
    { $count ->
        [one] { $count } question, any time until the end
       *[other] { $count } questions, any time until the end
    }
quiz-rule-multiple = Where several options are right, all of them must be chosen to score
quiz-rule-once = One attempt each; you can leave and go on later
quiz-rule-practice = After each question you see the answer and the reason
quiz-open = Go to the questions
quiz-start = Start
quiz-continue = Continue
quiz-practise-again = Practise again
quiz-result = Result
quiz-progress = { $at }/{ $total } · { $unanswered } unanswered · { $left }
quiz-minutes = { $minutes } min left
quiz-stem-single = (one answer) { $stem }
quiz-stem-multiple = (several answers) { $stem }
quiz-stem-truefalse = (true or false) { $stem }
quiz-done = Done
quiz-judged = { " " }({ $said })
quiz-is-right = right
quiz-is-own = you chose this
quiz-right = Right, the answer is { $answer }
quiz-unanswered = You did not answer; the right answer is { $answer }
quiz-wrong = The right answer is { $answer }
quiz-reason = Reason: { $reason }
quiz-before = ‹ Previous
quiz-after = Next ›
quiz-to-unanswered = To unanswered { $at }
quiz-finish = Finish
quiz-ask-finish =
    { $count ->
        [one] { $count } question is not answered. Hand in now? You cannot change answers afterwards.
       *[other] { $count } questions are not answered. Hand in now? You cannot change answers afterwards.
    }
quiz-unconfirmed =
    { $count ->
        [one] In { $count } more you chose without tapping “Done”; it counts as chosen.
       *[other] In { $count } more you chose without tapping “Done”; they count as chosen.
    }
quiz-hand-in = Hand in
quiz-go-on = Go on answering
quiz-handed-in = Handed in: { $title }, { $answered } of { $total } answered
quiz-later = You can see your score and the answers once it has closed, { $when }
quiz-score-now = Score: { $score }
quiz-result-title = Result: { $title }
quiz-score = Your score: { $score } ({ $right } of { $total } right)
quiz-no-attempt = You did not take part.
quiz-median =
    { $count ->
        [one] The median of all scores: { $median } ({ $count } person took part)
       *[other] The median of all scores: { $median } ({ $count } people took part)
    }
quiz-table = By { -unit }:
quiz-unit-line = { $unit }: { $took } of { $people } took part, mean { $mean }
quiz-unit-line-few = { $unit }: { $took } of { $people } took part
quiz-small-units = Small units together
quiz-review = See the answers
quiz-review-place = Answers { $at }/{ $total }
refusal-contest-not-open = It has not begun; it opens { $at }.
refusal-contest-closed = It closed { $at }; no more answers are taken.
refusal-contest-time-up = Time is up; what you had answered was handed in for you.
refusal-contest-handed-in = You have handed in; answers can no longer be changed.
refusal-contest-nothing-chosen = Please choose an answer before you press Done.
refusal-contest-result-later = The result can be seen once it has closed, { $at }.
quiz-result-told = How you did: { $title }
quiz-look-result = See the answers
