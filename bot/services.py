"""All use cases over one store: the same set for the running bot, the command line and the tests."""

from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from services.assessments import Assessments
from services.audiences import Audiences
from services.audit import Audit
from services.calendar import Calendar
from services.clock import Clock
from services.contests import Contests
from services.dates import Dates
from services.deliveries import Deliveries
from services.digests import Digests
from services.entrances import Entrances
from services.files import Files
from services.health import Health
from services.joining.asking import Joining
from services.joining.confirming import Confirming
from services.leadership import Leadership
from services.notices.dispatch import NoticeDispatch
from services.notices.reading import Notices
from services.notices.sending import Broadcasts
from services.passphrases import Passphrases
from services.people import People
from services.problems.answering import Answers
from services.problems.assigning import Assigning
from services.problems.reading import Problems
from services.problems.rectification import Rectification
from services.problems.triage import Triage
from services.quiz import Quiz
from services.reports import Reports
from services.roles import Roles
from services.roster import Roster
from services.setup import SetUp
from services.sheets import Sheets
from services.sign_ins import SignIns
from services.studies.rolls import Rolls
from services.studies.sessions import Studies
from services.unopened import Unopened
from services.waiting import Waiting
from storage.files import FileStore
from storage.unit_of_work import Work


@dataclass(frozen=True)
class Services:
    """A field's name is the parameter name by which a handler asks for it."""

    people: People
    roster: Roster
    roles: Roles
    joining: Joining
    confirming: Confirming
    entrances: Entrances
    sheets: Sheets
    sign_ins: SignIns
    passphrases: Passphrases
    reports: Reports
    problems: Problems
    triage: Triage
    assigning: Assigning
    rectification: Rectification
    answers: Answers
    calendar: Calendar
    dates: Dates
    audiences: Audiences
    audit: Audit
    studies: Studies
    rolls: Rolls
    assessments: Assessments
    contests: Contests
    quiz: Quiz
    deliveries: Deliveries
    digests: Digests
    files: Files
    health: Health
    leadership: Leadership
    set_up: SetUp
    unopened: Unopened
    waiting: Waiting
    broadcasts: Broadcasts
    notice_dispatch: NoticeDispatch
    notices: Notices

    def by_name(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def build(work: Work, clock: Clock, zone: ZoneInfo, language: str, store: FileStore) -> Services:
    problems = Problems(work, clock, zone)
    quiz = Quiz(work, clock)
    confirming, set_up = Confirming(work, clock, zone), SetUp(work, clock, zone)
    notices = Notices(work, clock)
    studies, rolls, assessments = Studies(work, clock, zone), Rolls(work, clock), Assessments(work, clock, zone)
    return Services(
        people=People(work, clock),
        roster=Roster(work, clock, zone),
        roles=Roles(work, clock),
        joining=Joining(work, clock, zone),
        confirming=confirming,
        entrances=Entrances(work, clock),
        sheets=Sheets(work, clock),
        sign_ins=SignIns(work, clock),
        passphrases=Passphrases(work, clock),
        reports=Reports(work, clock, zone),
        problems=problems,
        triage=Triage(work, clock, zone, store),
        assigning=Assigning(work, clock, zone),
        rectification=Rectification(work, clock, zone),
        answers=Answers(work, clock, zone),
        calendar=Calendar(work, clock, zone, language),
        dates=Dates(problems, assessments, studies),
        audiences=Audiences(work),
        audit=Audit(work, clock),
        studies=studies,
        rolls=rolls,
        assessments=assessments,
        contests=Contests(work, clock, zone),
        quiz=quiz,
        deliveries=Deliveries(work, clock, language, zone),
        digests=Digests(work, clock, zone),
        files=Files(work, clock, store),
        health=Health(work, clock, store),
        broadcasts=Broadcasts(work, clock, zone),
        notice_dispatch=NoticeDispatch(work, clock),
        notices=notices,
        leadership=Leadership(work, clock),
        set_up=set_up,
        unopened=Unopened(work, clock, zone),
        waiting=Waiting(problems, notices, quiz, rolls, assessments, confirming, set_up),
    )
