units-open = { $name }
units-ticked = ✓ { $name }
units-chosen =
    { $count ->
        [one] Chosen: { $names }, { $count } person
       *[other] Chosen: { $names }, { $count } people
    }
units-none = No { -unit } is chosen yet
units-typing = You can also type part of a { -unit }'s name to find it
units-more = { $names } and others, { $count } in all
units-done = Done
refusal-planners-only = Only a { -secretary } or an { -admin } plans a { -session } or an { -assessment }. Please ask your { -secretary }.
refusal-audience-empty = There is nobody in what you chose yet. Please choose another { -unit }, or add people to the { -roster } first.
refusal-units-missing = Please choose at least one { -unit }.
