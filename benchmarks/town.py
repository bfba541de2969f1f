"""An organisation of any size, sown by a few statements, on a clock of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot import services as use_cases
from bot.services import Services
from domain.notices import Audience, Plan
from domain.people import Organisation, PlannedPerson, PlannedUnit, RoleKind, UnitKind
from services.clock import SystemClock
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.people import FIRST_ACCOUNT
from storage.unit_of_work import Store

ZONE = ZoneInfo("Asia/Shanghai")
STARTS = "2030-05-13 10:00"
"""The town's time at first: a Monday in working hours."""

FIRST_CHAT = 5_000_000
FIRST_OF_CROWD = FIRST_ACCOUNT + 10_000_000
STAFF = {"admin": 4_000_001, "supervisor": 4_000_002, "secretary": 4_000_003, "member": 4_000_004}
"""Their chats: these four talk, and the crowd is told things."""

_COUNTED = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :many)"
_PEOPLE = f"""{_COUNTED} INSERT INTO person (name, staff_number, unit_id)
SELECT '党员' || i, 'M' || i, :unit FROM n"""  # noqa: S608 - of nothing but what stands here
_ACCOUNTS = f"""{_COUNTED} INSERT INTO account (id, platform, external_id, person_id, created_at, last_used_at)
SELECT :account + i, 'telegram', CAST(:chat + i AS TEXT), :person + i, :now, :now FROM n"""  # noqa: S608 - the same


class Town:
    """``crowd`` people in one unit, each with a Telegram account, beside an admin, a supervisor, the secretary of
    another unit and a member there."""

    def __init__(self, folder: Path, crowd: int) -> None:
        self.folder = folder
        self.crowd = crowd
        self._offset = folder / "offset"
        self._clock = SystemClock(self._offset)
        folder.mkdir(parents=True, exist_ok=True)
        self.set_clock(datetime.fromisoformat(STARTS).replace(tzinfo=ZONE))
        with self.services() as services:
            services.people.found(_ORGANISATION)
        with self.database() as database, database.writing() as session:
            now = self.now().replace(tzinfo=None).isoformat(" ", "microseconds")
            ids = dict(session.execute(text("SELECT code, id FROM unit")).all())
            staff = session.execute(text("SELECT staff_number, id FROM person ORDER BY id")).all()
            for place, (_, person_id) in enumerate(staff):
                values = {"account": FIRST_OF_CROWD - 10 + place, "chat": list(STAFF.values())[place]}
                session.execute(text(_ACCOUNTS), {"many": 1, "person": person_id, "now": now, **values})
            if crowd:
                session.execute(text(_PEOPLE), {"many": crowd, "unit": ids["crowd"]})
                first = {"account": FIRST_OF_CROWD, "chat": FIRST_CHAT, "person": max(row.id for row in staff) + 1}
                session.execute(text(_ACCOUNTS), {"many": crowd, "now": now, **first})
            session.execute(text("ANALYZE"))
        self.crowd_unit, self.home_unit = int(ids["crowd"]), int(ids["home"])
        self.people = dict(zip(STAFF, (int(row.id) for row in staff), strict=True))
        self.first_of_crowd = max(self.people.values()) + 1

    @property
    def settings(self) -> dict[str, str]:
        return {"BOT_CLOCK_OFFSET_FILE": str(self._offset)}

    def now(self) -> datetime:
        return self._clock.now()

    def set_clock(self, at: datetime) -> None:
        self._offset.write_text(str((at - datetime.now(UTC)).total_seconds()), encoding="utf-8")

    @contextmanager
    def database(self) -> Iterator[Database]:
        database = Database(sqlite_url(self.folder / "bot.sqlite3"))
        migrate(database)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def services(self) -> Iterator[Services]:
        with self.database() as database:
            store = Store(database)
            yield use_cases.build(store.work, self._clock, ZONE, "zh", FileStore(self.folder / "files"))

    def start_notice(self) -> datetime:
        """A notice to the whole crowd with all its messages recorded; gives back when the first may go."""
        with self.services() as services:
            admin = services.people.acting("telegram", STAFF["admin"], "zh")
            audience = Audience((self.crowd_unit,), (RoleKind.MEMBER,))
            number = services.broadcasts.start(admin, Plan("停电", "周三停电检修", audience, expected=self.crowd))
            while services.notice_dispatch.record_slice(number):
                continue
            return services.broadcasts.progress(admin, number).opens_at


_ORGANISATION = Organisation(
    (
        PlannedUnit("office", "示例机关", UnitKind.OFFICE),
        PlannedUnit("home", "综合单位", UnitKind.ORGAN, "office"),
        PlannedUnit("crowd", "众多单位", UnitKind.ORGAN, "office"),
    ),
    (
        PlannedPerson("管理员", "A1", "office", ((RoleKind.ADMIN, "office"),)),
        PlannedPerson("督导", "A2", "office", ((RoleKind.SUPERVISOR, "office"),)),
        PlannedPerson("书记", "A3", "home", ((RoleKind.SECRETARY, "home"),)),
        PlannedPerson("成员", "A4", "home", ((RoleKind.MEMBER, "home"),)),
    ),
)
