"""All routers in the order in which they are asked."""

from aiogram import Router

from handlers import (
    assessments,
    broadcasts,
    contests,
    drafts,
    due,
    duties,
    fallback,
    groups,
    health,
    holidays,
    home,
    joining,
    notices,
    own_reports,
    passphrases,
    people,
    points,
    problems,
    quiz,
    reports,
    roster,
    sent_notices,
    setup,
    sign_ins,
    studies,
    why,
)


def root_routers() -> list[Router]:
    """Groups first, since nothing personal may be shown there; then what guards drafts; an invitation
    before the greeting it comes with; last what takes any words."""
    return [
        groups.setup(),
        drafts.setup(),
        joining.setup(),
        home.setup(),
        duties.setup(),
        reports.setup(),
        points.setup(),
        problems.setup(),
        due.setup(),
        broadcasts.setup(),
        sent_notices.setup(),
        notices.setup(),
        quiz.setup(),
        contests.setup(),
        studies.setup(),
        assessments.setup(),
        people.setup(),
        sign_ins.setup(),
        passphrases.setup(),
        roster.setup(),
        setup.setup(),
        health.setup(),
        holidays.setup(),
        why.setup(),
        own_reports.setup(),
        fallback.setup(),
    ]
