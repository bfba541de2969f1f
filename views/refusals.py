"""What is said when something is refused, or went wrong."""

from datetime import datetime

from aiogram.utils.formatting import Text

from domain.errors import DomainError
from views.texts import Translator
from views.when import moment


def refusal(error: DomainError, t: Translator) -> Text:
    """The refusal in the reader's words: what is wrong and what to do."""
    values = {name: moment(t, v) if isinstance(v, datetime) else v for name, v in error.values.items()}
    return t(f"refusal-{error.code}", **values)


def failed(t: Translator, reference: str) -> Text:
    """Nothing was saved; the reference lets an administrator find the record."""
    return t("failed", reference=reference)


def not_saved_yet(t: Translator) -> Text:
    """Nothing can be written at all, not even that it could not be."""
    return t("not-saved-yet")
