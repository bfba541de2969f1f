"""The sheet to be printed: how the people of a unit join, on one page of A4."""

from typing import Any
from urllib.parse import urlsplit

from domain.entrances import JoiningSheet, Links
from views.door import TEMPLATES, environment
from views.texts import Translator
from views.when import moment

STYLE = TEMPLATES / "sheet.css"
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
GROUP = 4


def page(t: Translator, sheet: JoiningSheet, links: Links, style: str) -> str:
    ways = [
        {"title": t.plain(f"sheet-{name}"), "link": link, "code": _picture(link)}
        for name, link in (("messenger", links.messenger(sheet.code)), ("page", links.page(sheet.code)))
        if link and urlsplit(link).hostname not in THIS_MACHINE
    ]
    here = links.page(sheet.code) if not ways else ""
    html: str = (
        environment()
        .get_template("sheet.html")
        .render(
            language=t.language,
            style=style,
            title=t.plain("sheet-title", unit=sheet.unit_name),
            what=t.plain("sheet-what"),
            ways=ways,
            here=here,
            missing="" if ways else t.plain("sheet-here-only" if here else "sheet-no-address"),
            typed=t.plain("sheet-typed"),
            command=f"/join {in_groups(sheet.code)}",
            lines=[
                t.plain("sheet-then"),
                t.plain("sheet-until", when=moment(t, sheet.expires_at), uses=sheet.uses),
                t.plain("sheet-ask", names=t.plain("list-separator").join(sheet.ask)),
                t.plain("sheet-kept"),
            ],
            printing=t.plain("sheet-print"),
        )
    )
    return html


def in_groups(code: str) -> str:
    """The code as one reads it off paper without losing one's place."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP)).upper()


def _picture(link: str) -> Any:
    """The link as a QR code: a drawing in the page itself, which its rules allow and no other address serves."""
    # Only a sheet needs these, so the program starts without them.
    import segno
    from markupsafe import Markup

    drawing: str = segno.make(link, error="m", micro=False).svg_inline(border=4, light="#fff", omitsize=True)
    return Markup(drawing)  # noqa: S704 - made of numbers by the library, with nothing of the link's letters in it
