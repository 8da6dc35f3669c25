/** The form of the window: Enter goes on to the next field, and what was read or typed is understood at once by the server.
 *
 *  <form data-enter-next>                 Enter in a line moves on; without script it only looks and registers nothing
 *  <form data-read-url="…">               asked with {field, text} when a field with data-read changes
 *  <input data-read="id_number">          the answer fills empty fields of the form, and says beside it what looks odd
 */
import { words } from "./words";

type Answer = { fill?: Record<string, string>; note?: string; open?: string };

export function readFields(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-enter-next]")) {
    form.addEventListener("keydown", (event) => goOn(form, event));
    form.querySelectorAll<HTMLElement>("[data-look]").forEach((row) => (row.hidden = true));
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-read-url]")) {
    for (const field of form.querySelectorAll<HTMLInputElement>("[data-read]")) {
      field.addEventListener("change", () => void read(form, field));
    }
  }
}

function goOn(form: HTMLFormElement, event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(field instanceof HTMLInputElement) || ["submit", "button", "file", "checkbox", "radio"].includes(field.type)) return;
  event.preventDefault();
  const fields = [...form.elements].filter((one): one is HTMLElement => one instanceof HTMLElement && isReachable(one));
  fields[fields.indexOf(field) + (event.shiftKey ? -1 : 1)]?.focus();
}

function isReachable(element: HTMLElement): boolean {
  if (element instanceof HTMLFieldSetElement || element instanceof HTMLOutputElement) return false;
  if (element instanceof HTMLInputElement && element.type === "hidden") return false;
  return !element.hasAttribute("disabled") && element.offsetParent !== null;
}

async function read(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const text = field.value;
  const asked = new FormData();
  asked.set("field", field.dataset["read"] ?? "");
  asked.set("text", text);
  for (const name of ["csrfmiddlewaretoken", "id_type", "unit"]) asked.set(name, String(new FormData(form).get(name) ?? ""));
  let answer: Answer;
  try {
    const got = await fetch(form.dataset["readUrl"] ?? "", { method: "POST", body: asked, redirect: "error" });
    if (!got.ok) return;
    answer = (await got.json()) as Answer;
  } catch {
    return; // no network: the server reads the same when the form is sent
  }
  if (field.value === text) fill(form, field, answer);
}

function fill(form: HTMLFormElement, field: HTMLInputElement, answer: Answer): void {
  const given = answer.fill ?? {};
  for (const name of Object.keys(given)) {
    const value = given[name] ?? "";
    const target = form.elements.namedItem(name);
    if (!(target instanceof HTMLInputElement) || (target !== field && target.value)) continue;
    target.value = value;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  say(field, answer);
}

function say(field: HTMLInputElement, answer: Answer): void {
  const id = `${field.id}_read`;
  const note = document.getElementById(id) ?? document.createElement("p");
  note.id = id;
  note.className = "read-note";
  note.setAttribute("role", "status");
  note.textContent = answer.note ?? "";
  if (answer.open) {
    const link = document.createElement("a");
    link.href = answer.open;
    link.textContent = words("openMatter");
    note.append(" ", link);
  }
  field.after(note);
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (answer.note) described.add(id);
  else described.delete(id);
  field.setAttribute("aria-describedby", [...described].join(" "));
}
