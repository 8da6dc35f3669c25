"""What is wrong with the page that is open, in sentences: its structure, axe, its width, its focus, its errors."""

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.axe_decisions import DECISIONS

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
MEASURES = Path(__file__).with_name("measures.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_AXE = Path(__file__).with_name("axe_asked.js").read_text()
_STRUCTURE = """() => {
  const found = [], all = selector => [...document.querySelectorAll(selector)];
  const headings = all("h1").filter(one => one.innerText.trim());
  if (headings.length !== 1) found.push(`${headings.length} h1`);
  if (document.documentElement.lang !== "zh-CN") found.push(`lang ${document.documentElement.lang}`);
  if (!/\\S.* – \\S/.test(document.title.trim())) found.push(`title ${document.title}`);
  const ids = all("[id]").map(one => one.id);
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
  if (twice.length) found.push(`ids twice: ${twice}`);
  if (all("[style], script:not([src]), [onclick]").length) found.push("code or style inside the page");
  return found;
}"""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WATCH_FOCUS = """() => {
  document.activeElement.blur();
  scrollTo(0, 0);
  window.focusFaults = [];
  const seen = window.focusSeen = new Set();
  const place = (one, label) => {
    const x = one.left + one.width / 2, y = one.top + Math.min(one.height / 2, innerHeight / 2);
    const top = document.elementFromPoint(x, y);
    return top && (top === label || label.contains(top) || top.contains(label));
  };
  window.lookAtFocus = () => {
    const one = document.activeElement, style = getComputedStyle(one);
    if (one === document.body || seen.has(one)) return;
    seen.add(one);
    const said = `${one.tagName} ${one.id || one.name || one.innerText.trim().slice(0, 20)}`;
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) focusFaults.push(`no outline: ${said}`);
    if (![...one.getClientRects()].some(rect => place(rect, one))) focusFaults.push(`focus out of sight: ${said}`);
  };
  addEventListener("keydown", event => { if (event.key === "Tab") lookAtFocus(); }, true);
  const parts = {date: 4, "datetime-local": 6, time: 3};
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .reduce((stops, one) => stops + (parts[one.type] || 1), 3);
}"""
_NOT_REACHED = """() => {
  lookAtFocus();
  const groups = new Set([...focusSeen].filter(one => one.type === "radio").map(one => one.name));
  const left = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
      && !focusSeen.has(one) && !(one.type === "radio" && groups.has(one.name)));
  const names = left.map(one => `Tab never reaches ${one.tagName} ${one.id || one.innerText.trim().slice(0, 20)}`);
  document.activeElement.blur();  // the skip link would lie over the head of the page
  return [...focusFaults, ...names];
}"""
_ERRORS = """() => {
  const found = [], summary = document.querySelector("[data-error-summary]");
  if (!summary) return ["no summary of errors"];
  if (!document.title.trim().startsWith("错误：")) found.push(`title ${document.title}`);
  if (document.activeElement !== summary) found.push("the focus is not on the summary");
  if (!summary.querySelector("li")) found.push("the summary is empty");
  for (const link of summary.querySelectorAll("a[href^='#']")) {
    const id = decodeURIComponent(link.hash.slice(1)), field = document.getElementById(id);
    const text = link.innerText.trim();
    if (!field) { found.push(`no field ${id}`); continue; }
    link.click();
    if (document.activeElement !== field) found.push(`the link does not lead to the field ${id}`);
    const near = field.closest("fieldset, .field") || field;
    const described = [field, near].flatMap(one => (one.getAttribute("aria-describedby") || "").split(" "))
      .map(name => document.getElementById(name)?.innerText || "").join(" ");
    if (!described.includes(text)) found.push(`${id} is not described by “${text}”`);
    const said = [field, near].some(one => one.getAttribute("aria-invalid") === "true");
    if (field.tagName !== "FIELDSET" && !said) found.push(`${id} is not invalid`);
  }
  return found;
}"""


def structure(page: Page) -> list[str]:
    return page.evaluate(_STRUCTURE)


def axe(page: Page, *more: str) -> list[str]:
    """Violations of WCAG 2.2 A and AA, of best practice and of these rules, and what axe leaves to a person without a
    decision; injected past the page's own policy.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    decisions = [[one.rule, one.why, one.where, one.media] for one in DECISIONS]
    return page.evaluate(_AXE, [TAGS, {rule: {"enabled": True} for rule in more}, decisions])


def idle_decisions(page: Page, state: str) -> list[str]:
    """Decisions that name this state as their example and were not needed in this visit of it."""
    used = page.evaluate("[...window.axeDecided ?? []]")
    return [
        f"axe has no open question any more about {one.where}, {one.rule}: strike it from axe_decisions.py"
        for number, one in enumerate(DECISIONS)
        if one.example == state and number not in used
    ]


def measured(page: Page, *names: str, **least: int) -> list[str]:
    """What `measures.js` finds under these names; `targets=44` asks for controls of that size."""
    if not page.evaluate("'measures' in window"):
        page.evaluate(MEASURES)
    asked = [*([name] for name in names), *([name, size] for name, size in least.items())]
    return page.evaluate("asked => asked.flatMap(([name, ...given]) => measures[name](...given) ?? [])", asked)


def width(page: Page) -> list[str]:
    over = page.evaluate(_TOO_WIDE)
    return [f"{over} px too wide", *measured(page, "wide")] if over else []


def focus(page: Page) -> list[str]:
    """Tab through the whole page: everything is reached, in sight, not covered, and marked."""
    for _stop in range(page.evaluate(_WATCH_FOCUS)):
        page.keyboard.press("Tab")
    return page.evaluate(_NOT_REACHED)


def errors(page: Page) -> list[str]:
    """The contract of a page with errors (UX-11)."""
    return page.evaluate(_ERRORS)
