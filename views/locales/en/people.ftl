people-title = People and invitations
people-waiting =
    { $count ->
        [one] Please confirm first: { $count } person waits to join
       *[other] Please confirm first: { $count } people wait to join
    }
people-choose-unit = Please choose a { -unit }:
people-unit = { $unit }: { $count } people, { $joined } joined
people-nobody = Nobody is on the { -roster } here; please let an { -admin } import it.
people-joined = ✓ { $name }
people-not-joined = ○ { $name }
people-marks = ✓ joined, ○ not yet
people-find = Find by name
people-unit-link = Invitation link of the { -unit }
people-who = { $unit }, staff number { $number }
people-state-joined = Joined
people-state-not-joined = Not joined
people-state-left = Has left
people-role = { $role } ({ $unit })
people-invite = Invitation link for this person
people-roles-do = Roles
people-leave = Note as left
people-roles = The roles of { $name }; press one to take it away:
people-no-roles = No roles are registered.
people-revoke = ✕ { $role } ({ $unit })
people-revoke-ask = Please confirm: is { $name } no longer { $role } ({ $unit })? They can then no longer act in this role; what they did stays, and they are told.
people-revoke-yes = Yes, take it away
people-grant = Add a role
people-leave-ask = Please confirm: has { $name } left? Their accounts stop working; what they did stays, and importing the { -roster } can bring them back.
people-leave-yes = Yes, has left
people-ask-who = Please choose somebody
people-ask-role = Please choose the role for { $name }
people-ask-place = Please choose the { -unit } in which { $name } is { $role }
people-place-type = If it is not there, type part of the { -unit }'s name.
people-place-none = Nothing found; please type part of the { -unit }'s name.
role-granted = You now are { $role } ({ $unit }).
role-revoked = You no longer are { $role } ({ $unit }).
refusal-secretaries-only = This is for a { -secretary } or an { -admin } to do. What you can do is under /menu.
refusal-role-held = This person has that role already.
refusal-last-admin = This is the last { -admin } and must stay one. Please give somebody else the role first.
