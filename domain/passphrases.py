"""A passphrase: what counts as one, how two ways of typing it are the same, and where guesses at it are counted."""

import hashlib
import unicodedata

from domain.errors import DomainError

MIN_CHARACTERS = 12
MIN_WORDS = 4
MAX_CHARACTERS = 200


def as_typed(text: str) -> str:
    """The same characters however a keyboard composes them, and one plain space between words, as RFC 8265 has it for
    what is compared and never shown. Case matters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def checked(text: str) -> str:
    """A new passphrase as it is kept. Raises DomainError ``passphrase-short`` or ``passphrase-long``."""
    passphrase = as_typed(text)
    words = [word for word in passphrase.split() if len(word) > 1]
    if len(passphrase) < MIN_CHARACTERS and len(words) < MIN_WORDS:
        raise DomainError("passphrase-short", characters=MIN_CHARACTERS, words=MIN_WORDS)
    if len(passphrase) > MAX_CHARACTERS:
        raise DomainError("passphrase-long", characters=MAX_CHARACTERS)
    return passphrase


def number_as_typed(text: str) -> str:
    """A staff number without what differs between keyboards: width, case and spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def guess_keys(staff_number: str, address: str) -> tuple[str, str]:
    """Where a guess is counted, also one at a number that nobody has. Of the number only a hash is kept."""
    hashed = hashlib.sha256(number_as_typed(staff_number).encode()).hexdigest()
    return f"number:{hashed}", f"address:{address[:80]}"
