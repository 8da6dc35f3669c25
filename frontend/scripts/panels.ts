/** Sections of a form that the server draws again while somebody types.
 *
 *  <div data-panel="/address/" data-panel-fields="demand facts" aria-live="polite">   asked with these fields of its form
 *  <div data-panel="…" data-panel-says="said">   the element of that id hears the sentence [data-panel-words] of each new answer
 *  <input type="radio" data-pick="category=labour">     choosing it fills an empty select of the form; Alt+1… chooses the first …
 *
 *  The panel waits until typing stops, never asks while an input method composes, and drops an answer that is overtaken. Without
 *  script or network the form's own button draws the same. */
const WAIT_MS = 300;

export function drawPanels(): void {
  for (const panel of document.querySelectorAll<HTMLElement>("[data-panel]")) {
    const form = panel.closest("form");
    if (form) follow(form, panel);
  }
}

function follow(form: HTMLFormElement, panel: HTMLElement): void {
  const names = new Set((panel.dataset["panelFields"] ?? "").split(" "));
  let timer = 0;
  let running: AbortController | undefined;
  let asked = contentOf(form, names);
  const ask = async (): Promise<void> => {
    const content = contentOf(form, names);
    if (content === asked) return;
    running?.abort();
    running = new AbortController();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", String(new FormData(form).get("csrfmiddlewaretoken") ?? ""));
    for (const pair of pairsOf(form, names)) body.append(pair[0], pair[1]);
    try {
      const got = await fetch(panel.dataset["panel"] ?? "", { method: "POST", body, redirect: "error", signal: running.signal });
      if (!got.ok) return;
      draw(panel, await got.text());
      asked = content;
    } catch {
      return; // overtaken, or no network: what stands there still stands
    }
  };
  const later = (event: Event): void => {
    const name = event.target instanceof Element ? event.target.getAttribute("name") : null;
    if (!name || !names.has(name) || (event instanceof InputEvent && event.isComposing)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("compositionend", later);
  panel.addEventListener("change", (event) => pick(form, event.target));
  form.addEventListener("keydown", (event) => choose(panel, event));
}

function contentOf(form: HTMLFormElement, names: Set<string>): string {
  return JSON.stringify(pairsOf(form, names));
}

function pairsOf(form: HTMLFormElement, names: Set<string>): [string, string][] {
  return [...new FormData(form)].filter((pair): pair is [string, string] => names.has(pair[0]) && typeof pair[1] === "string");
}

/** Puts the answer in place; the focus stays on the control that has it. */
function draw(panel: HTMLElement, text: string): void {
  const held = panel.contains(document.activeElement) ? document.activeElement : null;
  const same = held instanceof HTMLInputElement ? `[name="${CSS.escape(held.name)}"][value="${CSS.escape(held.value)}"]` : "";
  panel.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  if (same) panel.querySelector<HTMLElement>(same)?.focus();
  const said = document.getElementById(panel.dataset["panelSays"] ?? "");
  const sentence = panel.querySelector("[data-panel-words]")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  if (said && said.textContent !== sentence) said.textContent = sentence;
}

function pick(form: HTMLFormElement, target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement) || !target.checked) return;
  const pair = (target.dataset["pick"] ?? "").split("=");
  const name = pair[0];
  const value = pair[1];
  const field = name ? form.elements.namedItem(name) : null;
  if (!(field instanceof HTMLSelectElement) || !value) return;
  if (field.value && field.value !== field.dataset["picked"]) return; // somebody chose another one by hand
  field.value = value;
  field.dataset["picked"] = value;
}

function choose(panel: HTMLElement, event: KeyboardEvent): void {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.keyCode === 229) return;
  const place = ["Digit1", "Digit2", "Digit3"].indexOf(event.code);
  const choice = place < 0 ? undefined : panel.querySelectorAll<HTMLInputElement>("input[type=radio][data-pick]")[place];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  choice.dispatchEvent(new Event("input", { bubbles: true }));
}
