pick-type = Please type part of the name, or the whole staff number.
pick-type-more = Please choose; if the person is not there, type part of the name.
pick-nobody = Nobody found. Please try another part of the name, or the whole staff number.
pick-person = { $name } ({ $unit })
refusal-file-not-fetched = The file did not arrive; please send it again.
unit-kind-office = { -office }
unit-kind-organ = { -organ }
unit-kind-department = { -department }
unit-kind-branch = { -branch }
unit-kind-city = { -city }
units-title =
    { $count ->
        [one] { $count } { -unit }; in brackets how many have joined of how many people:
       *[other] { $count } units; in brackets how many have joined of how many people:
    }
units-line = { $indent }{ $name } · { $kind } ({ $joined }/{ $people })
units-new = { $indent }founded this year
units-vacant = { $indent }no { -secretary } at present
units-election-overdue = { $indent }election overdue, was due by { $when }
units-election-soon = { $indent }election due by { $when }
units-empty = The { -roster } is still empty. Please import units and people first.
roster-column-unit-code = Unit code
roster-column-unit-name = Unit name
roster-column-unit-kind = Unit kind
roster-column-parent-code = Parent code
roster-column-founded-on = Founded on
roster-column-term-ends-on = Term ends on
roster-column-person-name = Name
roster-column-staff-number = Staff number
roster-column-roles = Roles
roster-sheet = Roster
roster-sheet-guide = How to fill it in
roster-file-name = roster-template
roster-guide-unit-code = Required in every row; unique, and the same after a change of name.
roster-guide-unit-name = At least once for each { -unit }; further rows of it may leave this empty.
roster-guide-unit-kind = Wherever the name is given, give the kind as well.
roster-guide-parent-code = The code of the { -unit } above; empty for the topmost.
roster-guide-founded-on = Optional, such as 2030-05-20. Left empty it is not changed.
roster-guide-term-ends-on = Optional, the day the present term ends. Left empty it is not changed.
roster-guide-person-name = Empty in a row that only lays out a { -unit }.
roster-guide-staff-number = Required and unique: people are recognised by it.
roster-guide-roles = Several with commas between; one held in another { -unit } as role@code. Empty changes nothing.
roster-guide-kinds = Kinds: { $kinds }
roster-guide-roles-words = Roles: { $roles }
roster-guide-order = The order of rows does not matter; a { -unit } may stand before the one above it.
roster-guide-missing = Nobody is removed by being left out: they are listed, and stay unless you say of each that they have left.
roster-ask-file = Please send me the { -roster } filled in (.xlsx or .csv).
    Attached is the template with the present units and people. You will see what would change before anything is saved.
roster-preview = Please check what would change in the { -roster }; nothing is saved before you confirm:
roster-preview-again = The { -roster } has just changed. Please check once more; nothing is saved before you confirm:
roster-replaces = The topmost { -unit } of the table takes the place of “{ $unit }” from the set-up; its people and records stay.
roster-preview-keeps =
    { $left ->
        [0] People who are not in the file stay.
        [one] { $left } of them has left; the others stay.
       *[other] { $left } of them have left; the others stay.
    }
roster-who-left = Who of them has left
roster-who-left-ask = Not in the file: { $count }, of whom { $left } have left. Please press only who has left: they are out at once when you save. Pressing again keeps them.
roster-stayer = { $name } ({ $number })
roster-leaver = ✕ { $name } ({ $number })
roster-saved-left = { $count ->
    [one] { $count } person was noted as left and is out.
   *[other] { $count } people were noted as left and are out.
}
roster-units-added = New units, { $count }: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}
roster-units-changed = Changed units, { $count }: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}
roster-people-added = New people, { $count }: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}
roster-people-changed = Changed people, { $count }: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}
roster-missing = Not in the file, { $count }: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}
roster-save = Save
roster-no-changes = The file says what the { -roster } says already; there is nothing to save.
roster-saved = The { -roster } is saved. Units: { $units-added } new, { $units-changed } changed. People: { $people-added } new, { $people-changed } changed, { $missing } not in the file and left as they are.
roster-errors =
    { $count ->
        [one] Please correct { $count } row and send the file again; nothing was saved:
       *[other] Please correct { $count } rows and send the file again; nothing was saved:
    }
roster-errors-more = and { $count } more.
roster-errors-next = Correct them in the file and send it once more.
roster-error = Row { $row }: { $what }
roster-error-unit-missing = there is no unit code
roster-error-unit-name-missing = { -unit } “{ $value }” has a kind or a parent, but no name
roster-error-kind-unknown = there is no such kind of { -unit } as “{ $value }”
roster-error-unit-differs = { -unit } “{ $value }” is not what an earlier row says
roster-error-unit-unknown = there is no { -unit } with the code “{ $value }”
roster-error-date-unknown = “{ $value }” is no date; please write it as 2030-05-20
roster-error-parent-unknown = there is no parent with the code “{ $value }”
roster-error-parent-cycle = the way up from { -unit } “{ $value }” leads back to it
roster-error-name-missing = staff number “{ $value }” has no name
roster-error-staff-number-missing = “{ $value }” has no staff number
roster-error-staff-number-twice = staff number “{ $value }” stands twice in the file
roster-error-role-unknown = there is no such role as “{ $value }”; the roles are: { $roles }
roster-error-too-long = “{ $value }…” is too long
roster-error-last-admin = “{ $value }” is the last { -admin } and must stay one
refusal-roster-columns = The spreadsheet lacks these columns: { $columns }. Please follow the template and keep its first row.
refusal-roster-moved = The { -roster } has just changed. Please press again and check the new changes.
refusal-roster-send-file = Please send an .xlsx or .csv file, or press Cancel.
refusal-admins-only = This is for an { -admin } to do. What you can do is under /menu.
