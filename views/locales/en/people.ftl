people-title = People and invitations
people-waiting =
    { $count ->
        [one] Please confirm first: { $count } person waits to join
       *[other] Please confirm first: { $count } people wait to join
    }
people-choose-unit = Please choose a { -unit }:
people-unopened =
    { $people ->
        [one] { $people } person has not opened the page for three working days
       *[other] { $people } people have not opened the page for three working days
    }
people-unopened-who =
    { $people ->
        [one] Please remind { $people } person to open the chat page: something has waited there for three working days. Press the name to make a new link.
       *[other] Please remind these { $people } people to open the chat page: something has waited there for three working days. Press a name to make a new link.
    }
people-unopened-nobody = Nothing on the chat page has waited for three working days.
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
people-leave-ask = Please confirm: has { $name } left? They are out at once; what they did stays. Importing the { -roster } can bring them back, with a new link.
people-leave-yes = Yes, has left
people-stop = Stop access
people-stop-ask = Please confirm: stop { $name }'s access? They are out at once on every device, and their passphrase is forgotten. They stay on the { -roster }, with everything they reported, began and achieved.
people-stop-yes = Yes, stop access
people-stopped = Stopped: { $name } is out everywhere. To let them in again, give them a new link.
people-qr = Show QR
people-qr-for = For { $name }: please scan this with the phone's camera
people-qr-until = Valid until { $when }, once; earlier invitations no longer work
people-qr-own = Whoever scans it is in as this person, so please show it to nobody else.
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
refusal-stop-self = You cannot stop your own access here. Please end your sign-ins with /devices.
refusal-admins-stop = This person has further duties; please let an { -admin } stop their access.
