health-well = All is well; nothing is asked of you.
health-worries =
    { $count ->
        [one] Please look at { $count } thing
       *[other] Please look at { $count } things
    }
health-disk-low = • Only { $free } are left on the disk, so photos will soon not be kept: please free some or use a larger disk.
health-stuck = • Messages have been waiting to go out since { $since }: please look at the network and the program's log.
health-telegram-silent = • Telegram has not answered since { $heard }: please check the network. Everything goes on by itself once it does; nothing is lost.
health-ticks-silent =
    { $ticks ->
        [one] • { $ticks } regular task did not run on time: please look at the program's log and, if need be, start the program again.
       *[other] • { $ticks } regular tasks did not run on time: please look at the program's log and, if need be, start the program again.
    }
health-updates-lost =
    { $lost ->
        [one] • { $lost } message that came in within 7 days could not be handled; its sender was told. Please look for its number in the program's log.
       *[other] • { $lost } messages that came in within 7 days could not be handled; their senders were told. Please look for their numbers in the program's log.
    }
health-failed =
    { $failed ->
        [one] • { $failed } message of the last 7 days could not be delivered: please look at the program's log.
       *[other] • { $failed } messages of the last 7 days could not be delivered: please look at the program's log.
    }
health-unreachable =
    { $people ->
        [one] • { $people } person has no working account and could not be reached in the last 7 days: please give them a new invitation link.
       *[other] • { $people } people have no working account and could not be reached in the last 7 days: please give them new invitation links.
    }
health-held = • { $held } messages that were due when the backup was brought back have not been sent: they may have been sent before, so please decide.
health-held-send = Send them now
health-held-drop = Do not send them
health-held-sent = Released: { $count } messages are being sent.
health-held-dropped = Done: { $count } messages will not be sent.
health-who = See who ({ $count })
health-unreachable-who =
    { $people ->
        [one] Please give { $people } person a new invitation link; press the name to make one:
       *[other] Please give these { $people } people new invitation links; press a name to make one:
    }
health-waiting = Due and waiting to go out: { $count }
health-disk = Free on the disk: { $free }
health-contact = Last heard from Telegram: { $at }
