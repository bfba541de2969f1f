"""The settings: one frozen class, read from the environment and ``.env`` and from nowhere else."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MIN_SECRET = 32


class Mode(StrEnum):
    DEMO = "demo"
    WEB = "web"
    POLLING = "polling"
    WEBHOOK = "webhook"


class SettingsError(Exception):
    """One line: which variable is wrong and what it should be."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", frozen=True, extra="ignore")

    mode: Mode | None = None
    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    public_url: str = ""
    database_url: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    data_dir: Path = Path("data")
    timezone: str = "Asia/Shanghai"
    locale: str = "zh"
    admins: str = ""
    term_pack: Path | None = None
    failpoint: str = ""
    clock_offset_file: Path | None = None

    @field_validator("mode", "token", "database_url", "term_pack", "clock_offset_file", mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdigit() or not secret or " " in secret:
                raise ValueError("must be the token that @BotFather gave, such as 123456:ABC…")
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

    @field_validator("admins")
    @classmethod
    def _admins_are_numbers(cls, value: str) -> str:
        if any(not part.strip().isdigit() for part in value.split(",") if part.strip()):
            raise ValueError("must be Telegram numbers with commas between them, such as 12345,67890")
        return value

    @field_validator("api_url", "webhook_url", "public_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be an address, such as https://bot.example.org")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("must begin with https:// (plain http is for this machine only)")
        return value.rstrip("/")

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
        if mode is Mode.DEMO and self.http_host not in LOOPBACK:
            raise ValueError("BOT_HTTP_HOST must be 127.0.0.1 with BOT_MODE=demo: everybody could act as anybody")
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
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def folder(self) -> Path:
        """Where the data is: the demo keeps to a folder of its own."""
        return self.data_dir / "demo" if self.run_mode is Mode.DEMO else self.data_dir

    @property
    def admin_ids(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.admins.split(",") if part.strip())


def load(**overrides: Any) -> Settings:
    """The settings of this process. Raises SettingsError with one line for the first wrong value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        if first["loc"]:
            message = f"BOT_{str(first['loc'][0]).upper()} {_plain(message)}"
        raise SettingsError(message) from None


def _plain(message: str) -> str:
    return message[0].lower() + message[1:] if not message.startswith("must") else message


def deferral_wanted() -> bool:
    """Whether aiogram's models are built at first use; ``BOT_EAGER_MODELS=1`` turns that off."""
    return os.environ.get("BOT_EAGER_MODELS") != "1"
