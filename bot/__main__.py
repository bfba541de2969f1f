"""The command line. Nothing heavy is imported before it is known what is wanted: ``--help`` answers at once."""

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bot import deferral

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Biaoshuai, the campaign assistant")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="bring the database up to date and run")
    migrating = commands.add_parser("migrate", help="bring the database up to date and exit")
    migrating.add_argument("--new", metavar="WHAT", help="write a new migration from what the tables say (development)")
    inviting = commands.add_parser("invite", help="print a one-time link that lets somebody in")
    whom = inviting.add_mutually_exclusive_group(required=True)
    whom.add_argument("--admin", action="store_true", help="the first administrator (the link works for an hour)")
    whom.add_argument("--person", metavar="STAFF_NUMBER", help="somebody on the roster (it works for ten minutes)")
    backing_up = commands.add_parser("backup", help="write all data into one archive, beside a running bot too")
    backing_up.add_argument("file", metavar="FILE", type=Path, help="the archive to write, such as backup.tar")
    restoring = commands.add_parser("restore", help="fill an empty installation from such an archive")
    restoring.add_argument("file", metavar="FILE", type=Path, help="the archive")
    auditing = commands.add_parser("audit", help="tell whether the audit trail is as it was sealed")
    auditing.add_argument("--head", metavar="SEAL", default="", help="a seal that was written down earlier")
    options = parser.parse_args(arguments)
    # What people write is for the program's own user.
    os.umask(0o077)
    known = {
        "run": _run,
        "migrate": _migrate,
        "invite": _invite,
        "backup": _back_up,
        "restore": _bring_back,
        "audit": _audit,
    }
    return known[options.command](options)


def _run(_options: argparse.Namespace) -> int:
    # What the start makes stays to the end: the collector would walk through it for a fifth of the time.
    gc.disable()
    from bot.settings import SettingsError, deferral_wanted, load

    try:
        settings = load()
    except SettingsError as error:
        return _fail(str(error))
    deferral.install(enabled=deferral_wanted())
    import uvloop

    from bot import failpoints, heap, logs
    from bot.app import App
    from bot.demo.afresh import begin_afresh
    from bot.lock import AlreadyRunning
    from bot.upkeep import prepare

    heap.keep_small()
    logs.set_up()
    try:
        if settings.failpoint:
            failpoints.arm(settings.failpoint)
        prepare(settings)
        again = uvloop.run(_serve(App, settings))
    except (SettingsError, AlreadyRunning) as error:
        return _fail(str(error))
    if again is not None:
        begin_afresh(settings.folder.with_name(again), again)
    return 0


async def _serve(app: type, settings: object) -> str | None:
    running = app(settings)
    await running.run()
    return cast("str | None", running.again)


def _migrate(options: argparse.Namespace) -> int:
    from bot.settings import SettingsError, load
    from bot.upkeep import migrate, new_migration

    try:
        if options.new:
            new_migration(options.new)
        else:
            migrate(load())
    except SettingsError as error:
        return _fail(str(error))
    return 0


def _invite(options: argparse.Namespace) -> int:
    from bot.invite import invite

    return _told(lambda settings: invite(settings, options.person))


def _back_up(options: argparse.Namespace) -> int:
    from bot.backup import back_up

    return _told(lambda settings: back_up(settings, options.file))


def _bring_back(options: argparse.Namespace) -> int:
    from bot.backup import bring_back

    return _told(lambda settings: bring_back(settings, options.file))


def _audit(options: argparse.Namespace) -> int:
    from bot.audit import verify

    return _told(lambda settings: verify(settings, options.head))


def _told(deed: "Callable[[Settings], str]") -> int:
    """Do it, and print the line that tells what came of it."""
    from bot import failpoints
    from bot.settings import SettingsError, load

    try:
        settings = load()
        if settings.failpoint:
            failpoints.arm(settings.failpoint)
        line = deed(settings)
    except SettingsError as error:
        return _fail(str(error))
    sys.stdout.write(line + "\n")
    return 0


def _fail(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
