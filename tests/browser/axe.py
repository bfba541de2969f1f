"""What axe-core finds wrong with a page and calls serious or critical."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GRAVE = frozenset({"serious", "critical"})


async def faults(page: Page) -> list[str]:
    found = (await Axe().run(page, options=RULES)).response["violations"]
    return [
        f"{one['id']}: {', '.join(node['html'] for node in one['nodes'])}" for one in found if one["impact"] in GRAVE
    ]
