"""One's own passphrase: what is asked, and that it was taken. It is never shown."""

from domain.passphrases import MIN_CHARACTERS, MIN_WORDS
from views.actions import Step
from views.home import cancel_button
from views.screen import Screen, lines, press
from views.texts import Translator


def ask(t: Translator, *, is_set: bool) -> Screen:
    text = lines(
        t("passphrase-change" if is_set else "passphrase-ask"),
        t("passphrase-rule", characters=MIN_CHARACTERS, words=MIN_WORDS),
        t("passphrase-erased-then"),
    )
    forget = [press(t.plain("passphrase-forget"), Step(name="forget"))] if is_set else []
    return Screen(text).with_rows(forget, [cancel_button(t)])


def kept(t: Translator, *, erased: bool) -> Screen:
    return Screen(lines(t("passphrase-kept"), t("passphrase-erased" if erased else "passphrase-erase-it")))


def forgotten(t: Translator) -> Screen:
    return Screen(t("passphrase-forgotten"))
