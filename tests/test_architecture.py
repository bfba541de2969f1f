"""The arrows, and what import-linter cannot hold: where packages lie and what the core may reach."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# What reaches the outside, waits, starts something or tells the time; the rest of the standard library only computes.
REACHES_OUT = frozenset(
    {
        *("asyncio", "concurrent", "ctypes", "curses", "dbm", "fcntl", "fileinput", "ftplib"),
        *("getpass", "glob", "http", "imaplib", "importlib", "io", "logging", "mmap", "multiprocessing", "nntplib"),
        *("os", "pathlib", "platform", "poplib", "pty", "queue", "readline", "resource", "runpy", "sched", "secrets"),
        *("select", "selectors", "shelve", "shutil", "signal", "site", "smtplib", "socket", "socketserver", "sqlite3"),
        *("ssl", "subprocess", "sys", "syslog", "tempfile", "termios", "threading", "time", "tkinter", "urllib"),
        *("uuid", "webbrowser", "wsgiref", "xmlrpc", "zipfile", "zipimport"),
    }
)
TALKS = frozenset(
    {
        *("ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver", "ssl", "subprocess", "urllib"),
        *("xmlrpc", "aiogram", "aiohttp", "httpx", "playwright", "requests", "urllib3", "websockets"),
    }
)
BESIDE_THE_HOUSE = frozenset({"tests", "benchmarks"})
CALLS_THAT_REACH_OUT = frozenset({"open", "print", "input", "exec", "eval", "breakpoint", "__import__"})


def modules_imported(source: str) -> set[str]:
    """The top-level names a module imports, wherever in it: a late import is an import."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level or (node.module or "").split(".")[0])
    return names


def not_for_the_domain(source: str) -> set[str]:
    """What a module of the domain imports or calls and must not."""
    allowed = (sys.stdlib_module_names - REACHES_OUT) | {"domain"}
    calls = {node.func.id for node in ast.walk(ast.parse(source)) if _is_plain_call(node)}
    return (modules_imported(source) - allowed) | (calls & CALLS_THAT_REACH_OUT)


def _is_plain_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def not_for_services(source: str) -> set[str]:
    """What a service imports and must not: nothing in a transaction may talk to the network or wait for a program."""
    return modules_imported(source) & TALKS


def going_on_after_its_commit(source: str) -> set[str]:
    """The writing use cases that do something behind their unit of work, or have another one: leaving it is not yet
    the commit, where several updates share one."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and not any("reads" in ast.unparse(mark) for mark in node.decorator_list):
            works = [
                part
                for part in ast.walk(node)
                if isinstance(part, ast.With) and "_work()" in ast.unparse(part.items[0])
            ]
            if len(works) > 1 or (works and works[0] in node.body[:-1]):
                found.add(node.name)
    return found


def findings(package: str, rule: Callable[[str], set[str]]) -> dict[str, set[str]]:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files, f"{package} has no modules"
    found = {str(path.relative_to(ROOT)): rule(path.read_text(encoding="utf-8")) for path in files}
    return {path: names for path, names in found.items() if names}


def test_the_arrows_point_down():
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert result.returncode == 0, result.stdout + result.stderr


def test_each_package_is_a_layer_and_each_layer_is_checked():
    packages = {path.parent.name for path in ROOT.glob("[!.]*/__init__.py")} - BESIDE_THE_HOUSE

    assert packages == set(PROJECT["tool"]["importlinter"]["root_packages"])
    assert packages == set(PROJECT["tool"]["mypy"]["packages"])


def test_no_folder_of_code_hides_from_the_linter():
    # A folder without __init__.py is importable all the same, and no arrow would be checked in it.
    folders = {path.parent.name for path in ROOT.glob("[!.]*/*.py")}

    assert folders <= set(PROJECT["tool"]["importlinter"]["root_packages"]) | BESIDE_THE_HOUSE


def test_the_domain_is_plain_python_without_a_way_out():
    assert findings("domain", not_for_the_domain) == {}


def test_services_cannot_talk_to_the_network():
    assert findings("services", not_for_services) == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", {"os"}),
        ("from time import monotonic", {"time"}),
        ("def rule():\n    import sqlalchemy", {"sqlalchemy"}),
        ("from . import problems", {"."}),
        ("text = open('x').read()", {"open"}),
        ("from datetime import datetime\nfrom domain.errors import NotFound", set()),
    ],
)
def test_a_way_out_of_the_domain_is_noticed(source: str, found: set[str]):
    assert not_for_the_domain(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import urllib.request", {"urllib"}),
        ("def case():\n    from http.client import HTTPConnection", {"http"}),
        ("import httpx, subprocess", {"httpx", "subprocess"}),
        ("from pathlib import Path\nfrom storage.unit_of_work import reads", set()),
    ],
)
def test_a_service_that_talks_is_noticed(source: str, found: set[str]):
    assert not_for_services(source) == found


def test_a_writing_use_case_ends_with_its_unit_of_work():
    # A link is opened in a browser, by no update.
    assert findings("services", going_on_after_its_commit) == {"services/entrances.py": {"enter"}}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("with self._work() as work:\n  return 1", set()),
        ("with self._work() as work:\n  pass\n self._store.remove(1)", {"strike"}),
        ("with self._work() as work:\n  pass\n with self._work() as work:\n  pass", {"strike"}),
    ],
)
def test_what_goes_on_after_its_commit_is_noticed(body: str, found: set[str]):
    assert going_on_after_its_commit(f"def strike(self):\n {body}") == found
