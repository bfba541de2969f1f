"""A server that says "too many": what the bot had to say comes later, once."""

from tests.faults.botapi.faults import Fault
from tests.faults.site import Site


async def test_an_answer_it_has_no_room_for_comes_when_there_is_room(site: Site) -> None:
    await site.start()
    member = site.person("member")
    site.api.fault("sendMessage", Fault.TOO_MANY, retry_after=2)
    member.says("/report")
    await member.sees("1/4")
    assert len(site.api.called("sendMessage")) == 2
    member.taps("内设机构")
    await member.sees("2/4")
    await site.bot.stop()
    assert sum("1/4" in text or "2/4" in text for text in member.texts()) == 1


async def test_a_card_it_may_not_edit_now_comes_as_a_new_message(site: Site) -> None:
    await site.start()
    member = site.person("member")
    member.says("/report")
    await member.sees("1/4")
    site.api.fault("editMessageText", Fault.TOO_MANY)
    site.api.fault("sendMessage", Fault.TOO_MANY)
    member.taps("内设机构")
    await member.sees("2/4")
