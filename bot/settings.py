"""The settings: one frozen class, read from the environment and ``.env`` and from nowhere else."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, field_validator, model_validator

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MIN_SECRET = 32
Network = IPv4Network | IPv6Network


class Mode(StrEnum):
    DEMO = "demo"
    WEB = "web"
    POLLING = "polling"
    WEBHOOK = "webhook"


PREFIX, ENV_FILE = "BOT_", ".env"
OTHERS = frozenset({"BOT_EAGER_MODELS"})
OF_TESTS = "BOT_TEST_"


class SettingsError(Exception):
    """One line: which variable is wrong and what it should be."""


class Settings(BaseModel):
    # What is built in is looked at as well: whether the zone exists is a question to this machine.
    model_config = ConfigDict(frozen=True, validate_default=True)

    mode: Mode | None = None
    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    public_url: str = ""
    proxy: SecretStr | None = None
    message_rate: int = 30
    database_url: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    trusted_proxies: str = ""
    allow_http: bool = False
    data_dir: Path = Path("data")
    timezone: str = "Asia/Shanghai"
    locale: str = "zh"
    admins: str = ""
    term_pack: Path | None = None
    failpoint: str = ""
    clock_offset_file: Path | None = None

    @field_validator("mode", "token", "proxy", "database_url", "term_pack", "clock_offset_file", mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("allow_http", mode="before")
    @classmethod
    def _empty_is_no(cls, value: Any) -> Any:
        return False if value == "" else value

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdigit() or not secret or " " in secret:
                raise ValueError("must be the token that @BotFather gave, such as 123456:ABC…")
        return value

    @field_validator("term_pack")
    @classmethod
    def _pack_is_a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not all((value / name).is_file() for name in ("zh.ftl", "en.ftl")):
            raise ValueError("must be a folder with zh.ftl and en.ftl, such as /etc/biaoshuai/terms")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be a zone's name, such as Asia/Shanghai") from None
        return value

    @field_validator("locale")
    @classmethod
    def _locale_known(cls, value: str) -> str:
        if value not in {"zh", "en"}:
            raise ValueError("must be zh or en")
        return value

    @field_validator("http_port")
    @classmethod
    def _port_exists(cls, value: int) -> int:
        if not 0 <= value <= 65535:
            raise ValueError("must be a port between 0 and 65535")
        return value

    @field_validator("message_rate")
    @classmethod
    def _rate_is_a_number(cls, value: int) -> int:
        if value < 0:
            raise ValueError("must be messages a second, such as 30 (0: as fast as it goes)")
        return value

    @field_validator("admins")
    @classmethod
    def _admins_are_numbers(cls, value: str) -> str:
        if any(not part.strip().isdigit() for part in value.split(",") if part.strip()):
            raise ValueError("must be Telegram numbers with commas between them, such as 12345,67890")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError:
            raise ValueError(
                "must be addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8"
            ) from None
        return value

    @field_validator("api_url", "webhook_url", "public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be an address, such as https://bot.example.org")
        return value.rstrip("/")

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        if _is_plain(value):
            raise ValueError("must begin with https:// (plain http is for this machine only)")
        return value

    @field_validator("proxy")
    @classmethod
    def _proxy_speaks_http(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError("must be an http proxy, such as http://proxy.example.org:3128 (socks is not spoken)")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_is_postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
            raise ValueError("must be an address such as postgresql://user:password@host/name (leave empty for SQLite)")
        return value

    @model_validator(mode="after")
    def _fits_the_mode(self) -> Self:
        mode = self.run_mode
        if mode in {Mode.POLLING, Mode.WEBHOOK} and self.token is None:
            raise ValueError(f"BOT_TOKEN is missing: BOT_MODE={mode} needs the token that @BotFather gave")
        if mode is Mode.WEBHOOK and not self.webhook_url:
            raise ValueError(
                "BOT_WEBHOOK_URL is missing: it is the public base address, such as https://bot.example.org"
            )
        if mode is Mode.WEBHOOK and len(self.webhook_secret.get_secret_value()) < MIN_SECRET:
            raise ValueError(f"BOT_WEBHOOK_SECRET is too short: at least {MIN_SECRET} letters, digits, - or _")
        if mode is Mode.DEMO and self.database_url is not None:
            raise ValueError("BOT_DATABASE_URL does not go with BOT_MODE=demo: the demo keeps its own SQLite file")
        return self

    @model_validator(mode="after")
    def _is_opened_safely(self) -> Self:
        """What people write to each other must not cross a network in the clear, unless somebody said so. The demo has
        no people, and a password of its own."""
        if _is_plain(self.public_url) and not self.allow_http:
            raise ValueError("BOT_PUBLIC_URL must begin with https:// (or set BOT_ALLOW_HTTP=1 in a closed network)")
        named = (
            self.http_host in LOOPBACK or self.is_open_demo or self.allow_http or self.address.startswith("https://")
        )
        if not named and not self.trusted_proxies:
            raise ValueError(
                f"BOT_HTTP_HOST={self.http_host} opens the page to others, who need HTTPS: set BOT_PUBLIC_URL to the "
                "page's https:// address, or BOT_TRUSTED_PROXIES to the proxy in front of it "
                "(or BOT_ALLOW_HTTP=1 in a closed network)"
            )
        return self

    @property
    def run_mode(self) -> Mode:
        """The mode asked for; without one, what the other settings can only mean."""
        if self.mode is not None:
            return self.mode
        if self.token is not None:
            return Mode.POLLING
        return Mode.WEB if self.database_url is not None else Mode.DEMO

    @property
    def address(self) -> str:
        """What people open in their browsers, where it was set."""
        return self.public_url or self.webhook_url

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Who is believed. In the demo nobody: it asks everybody else than this machine for its password."""
        return () if self.run_mode is Mode.DEMO else _networks(self.trusted_proxies)

    @property
    def is_open_demo(self) -> bool:
        """Whether others may try the demo, by the password that is printed at the start."""
        return self.run_mode is Mode.DEMO and self.http_host not in LOOPBACK

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def folder(self) -> Path:
        """Where the data is: the demo keeps to a folder of its own in each language, in which its people speak."""
        return self.data_dir / "demo" / self.locale if self.run_mode is Mode.DEMO else self.data_dir

    @property
    def admin_ids(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.admins.split(",") if part.strip())


def load(_env_file: str | None = ENV_FILE, **overrides: Any) -> Settings:
    """The settings of this process; what it was started with goes before what stands in the file. Raises SettingsError
    with one line for the first wrong name or value."""
    written = dotenv_values(_env_file) if _env_file is not None else {}
    said = {name.upper(): value for name, value in [*written.items(), *os.environ.items()] if value is not None}
    _refuse_unknown_names(said)
    named = {name: said[known] for name in Settings.model_fields if (known := f"{PREFIX}{name}".upper()) in said}
    try:
        return Settings(**{**named, **overrides})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        if first["loc"]:
            message = f"BOT_{str(first['loc'][0]).upper()} {_begun_small(message)}"
        raise SettingsError(message) from None


def _refuse_unknown_names(said: Iterable[str]) -> None:
    """A name that is misspelt would say nothing, and a real organisation might find itself in the demo."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | OTHERS
    for name in sorted(name for name in said if name.startswith(PREFIX)):
        if name not in known and not name.startswith(OF_TESTS):
            near = get_close_matches(name, known, 1)
            raise SettingsError(f"{name} is no setting of this program" + (f": {near[0]} is" if near else ""))


def _networks(value: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())


def _is_plain(address: str) -> bool:
    """Whether what goes to this address can be read on the way."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in LOOPBACK


def _begun_small(message: str) -> str:
    return message[0].lower() + message[1:] if not message.startswith("must") else message


def deferral_wanted() -> bool:
    """Whether aiogram's models are built at first use; ``BOT_EAGER_MODELS=1`` turns that off."""
    return os.environ.get("BOT_EAGER_MODELS") != "1"
