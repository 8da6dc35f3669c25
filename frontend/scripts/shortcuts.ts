/** Shortcuts of the desk. An element declares its own: data-shortcut="g q" on a link, button or field; the sheet behind "?"
 *  lists exactly what the page binds. Single keys never fire inside a field, during composition of Chinese, or when switched off;
 *  Ctrl+Enter in a form sends it and always works. In a table with data-rows, j and k move from row to row. */
import { words } from "./words";
import { isWriting } from "./writing";

type Binding = { keys: string; label: string; run: () => void };

const OFF = "xinfang-shortcuts-off";
const SEQUENCE_MS = 1200;

export function bindShortcuts(): void {
  const bindings = collect();
  const sheet = buildSheet(bindings);
  bindings.push({ keys: "?", label: words("shortcutsHelp"), run: () => sheet.showModal() });
  document.querySelectorAll<HTMLElement>("[data-shortcuts-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => sheet.showModal());
  });
  let before = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    // A function key writes nothing, so it may be pressed while one writes.
    const pressed = /^F\d+$/.test(event.key) && !isOff() ? match(bindings, event.key.toLowerCase()) : undefined;
    if (pressed) {
      event.preventDefault();
      pressed.run();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return sendForm(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || sheet.open || isOff()) return;
    if (event.key.length !== 1) return;
    window.clearTimeout(timer);
    const key = event.key.toLowerCase();
    const found = match(bindings, `${before} ${key}`) ?? match(bindings, key);
    before = found ? "" : key;
    timer = window.setTimeout(() => (before = ""), SEQUENCE_MS);
    if (!found) return;
    event.preventDefault();
    found.run();
  });
}

function match(bindings: Binding[], keys: string): Binding | undefined {
  return bindings.find((binding) => binding.keys === keys);
}

function collect(): Binding[] {
  const bindings: Binding[] = [...document.querySelectorAll<HTMLElement>("[data-shortcut]")].map((element) => ({
    keys: (element.dataset["shortcut"] ?? "").toLowerCase(),
    label: element.dataset["shortcutLabel"] ?? element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "",
    run: () => use(element),
  }));
  const rows = document.querySelector<HTMLTableElement>("table[data-rows]");
  if (rows) {
    bindings.push({ keys: "j", label: words("rowNext"), run: () => step(rows, 1) });
    bindings.push({ keys: "k", label: words("rowPrevious"), run: () => step(rows, -1) });
  }
  return bindings;
}

function use(element: HTMLElement): void {
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
  if (isField) element.focus();
  else element.click();
}

function step(table: HTMLTableElement, by: number): void {
  const links = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => row.querySelector<HTMLElement>("a[href]"));
  const now = links.findIndex((link) => link?.closest("tr")?.contains(document.activeElement));
  links[Math.min(Math.max(now + by, 0), links.length - 1)]?.focus();
}

function sendForm(event: KeyboardEvent): void {
  const form = event.target instanceof HTMLElement ? event.target.closest("form") : null;
  if (!form || form.method !== "post") return;
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>("button[data-send]") ?? form.querySelector<HTMLButtonElement>("button:not([type=button])");
  button?.click();
}

function isOff(): boolean {
  try {
    return window.localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function setOff(off: boolean): void {
  try {
    if (off) window.localStorage.setItem(OFF, "1");
    else window.localStorage.removeItem(OFF);
  } catch {
    // the browser forbids storage: the choice lasts for this page only
  }
}

function buildSheet(bindings: Binding[]): HTMLDialogElement {
  const sheet = document.createElement("dialog");
  sheet.setAttribute("aria-labelledby", "shortcuts-title");
  const title = document.createElement("h2");
  title.id = "shortcuts-title";
  title.textContent = words("shortcuts");
  const list = document.createElement("dl");
  list.className = "facts";
  const entries = [...bindings, { keys: "?", label: words("shortcutsHelp") }, { keys: "Ctrl Enter", label: words("shortcutsSend") }];
  for (const entry of entries) list.append(...sheetLine(entry.keys, entry.label));
  sheet.append(title, list, offSwitch(), closeButton(sheet));
  document.body.append(sheet);
  return sheet;
}

function sheetLine(keys: string, label: string): HTMLElement[] {
  const term = document.createElement("dt");
  for (const key of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap, " ");
  }
  const what = document.createElement("dd");
  what.textContent = label;
  return [term, what];
}

function offSwitch(): HTMLElement {
  const tick = document.createElement("div");
  tick.className = "tick";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.id = "shortcuts-on";
  box.checked = !isOff();
  box.addEventListener("change", () => setOff(!box.checked));
  const label = document.createElement("label");
  label.htmlFor = box.id;
  label.textContent = words("shortcutsOn");
  tick.append(box, label);
  return tick;
}

function closeButton(sheet: HTMLDialogElement): HTMLElement {
  const row = document.createElement("div");
  row.className = "buttons";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.textContent = words("close");
  button.addEventListener("click", () => sheet.close());
  row.append(button);
  return row;
}
