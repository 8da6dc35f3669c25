/** Keeps half-typed forms through a reload, a crash and the end of a session.
 *
 *  <form data-draft="intake">           kept under this key
 *  <input data-private>                 never kept (numbers of identity cards, phones); nor passwords, files, hidden fields
 *  <body data-draft-clear="intake">     the server says that it has the form: the draft goes
 *  <form data-sign-out>                 signing out on purpose removes the person's drafts; the end of a session does not
 */
import { words } from "./words";

type Settings = { storage: "session" | "local"; owner: string };
type Values = Record<string, string[]>;
/** `synced`: the server has just this too (autosave.ts), and gives it back itself. */
type Draft = { at: number; values: Values; synced?: boolean };
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const PREFIX = "xinfang-draft:";
const KEEP_MS = 24 * 60 * 60 * 1000;
const UNKEPT = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

export function keepDrafts(settings: Settings): void {
  const store = open(settings.storage);
  if (!store) return;
  sweep(store);
  const mine = `${PREFIX}${settings.owner}:`;
  for (const key of (document.body.dataset["draftClear"] ?? "").split(" ").filter(Boolean)) store.removeItem(mine + key);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign-out]")) {
    form.addEventListener("submit", () => keysOf(store, mine).forEach((key) => store.removeItem(key)));
  }
  if (!settings.owner) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) follow(form, store, mine + form.dataset["draft"]);
}

function open(kind: "session" | "local"): Storage | null {
  try {
    return kind === "session" ? window.sessionStorage : window.localStorage;
  } catch {
    return null; // the browser forbids storage: the form works, it is only not kept
  }
}

function keysOf(store: Storage, prefix: string): string[] {
  return Object.keys(store).filter((key) => key.startsWith(prefix));
}

/** Drafts of anybody older than a day go whenever any page opens. */
function sweep(store: Storage): void {
  for (const key of keysOf(store, PREFIX)) if (!read(store, key)) store.removeItem(key);
}

function read(store: Storage, key: string): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(key) ?? "null") as Draft | null;
    return draft && Date.now() - draft.at < KEEP_MS ? draft : null;
  } catch {
    return null;
  }
}

function follow(form: HTMLFormElement, store: Storage, key: string): void {
  const draft = read(store, key);
  // A page that comes back with errors already carries what was typed, and newer.
  const isOurs = draft && !draft.synced && !document.querySelector("[data-error-summary]");
  if (isOurs && restore(form, draft.values)) tell(form, store, key);
  let timer = 0;
  const save = (): void => {
    window.clearTimeout(timer);
    try {
      store.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    } catch {
      // storage is full: the form itself still holds everything
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, 300);
  });
  form.addEventListener("submit", save);
  form.addEventListener("draft:saved", () => {
    const kept = read(store, key);
    if (kept) store.setItem(key, JSON.stringify({ ...kept, synced: true }));
  });
  window.addEventListener("pagehide", () => {
    if (timer) save();
  });
}

function kept(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) &&
      Boolean(element.name) && !UNKEPT.has(element.type) && !element.closest("[data-private]"),
  );
}

function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const field of kept(form)) {
    const list = (values[field.name] ??= []);
    if (isTick(field)) {
      if (field.checked) list.push(field.value);
    } else if (field instanceof HTMLSelectElement) list.push(...[...field.selectedOptions].map((option) => option.value));
    else list.push(field.value);
  }
  return values;
}

/** Writes the draft into fields that the server left as they were; true if anything changed. */
function restore(form: HTMLFormElement, values: Values): boolean {
  let changed = false;
  const taken: Record<string, number> = {};
  for (const field of kept(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (isTick(field)) {
      const checked = list.includes(field.value);
      changed ||= checked !== field.checked;
      field.checked = checked;
    } else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) {
        changed ||= option.selected !== list.includes(option.value);
        option.selected = list.includes(option.value);
      }
    } else {
      const place = taken[field.name] ?? 0;
      taken[field.name] = place + 1;
      const value = list[place] ?? "";
      // What the server filled in stands, unless it only gave back an older copy of the same draft.
      if ((field.defaultValue && !form.dataset["draftAt"]) || !value || field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      changed = true;
    }
  }
  return changed;
}

function tell(form: HTMLFormElement, store: Storage, key: string): void {
  const note = document.createElement("div");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = words("restored");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button button-link";
  discard.textContent = words("discard");
  discard.addEventListener("click", () => {
    form.reset();
    store.removeItem(key);
    note.remove();
    form.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
  });
  note.append(text, discard);
  form.prepend(note);
}
