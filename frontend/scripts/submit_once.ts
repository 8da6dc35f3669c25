/** One press, one sending. The server is idempotent by the form's key; this spares the person the doubt. */
import { words } from "./words";

/** After this a sending that nobody answers is said to hang; after the second it may be tried again: the server's key
 *  makes a second one harmless. */
const SILENT_MS = 8_000;
const PATIENCE_MS = 20_000;
const waiting = new WeakMap<HTMLFormElement, () => void>();
const patience = new WeakMap<HTMLFormElement, number[]>();

export function submitOnce(): void {
  // Bubbling, at the window: every other listener has had its chance to stop the sending.
  window.addEventListener("submit", guard);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sending]").forEach((form) => release(form as HTMLFormElement));
  });
}

function guard(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-repeat")) return;
  if (form.hasAttribute("data-sending")) {
    event.preventDefault();
    return;
  }
  if (!navigator.onLine) {
    event.preventDefault();
    if (form.hasAttribute("data-wait")) wait(form, event.submitter);
    else say(form, words("offline"));
    return;
  }
  form.setAttribute("data-sending", "");
  const button = (event.submitter ?? form.querySelector("button[data-send]") ?? form.querySelector("button:not([type=button])")) as HTMLElement | null;
  if (button instanceof HTMLButtonElement) {
    button.dataset["label"] = button.innerHTML;
    button.textContent = words("sending");
    button.setAttribute("aria-disabled", "true");
  }
  say(form, words("sending"), true);
  patience.set(form, [
    window.setTimeout(() => say(form, words("silent")), SILENT_MS),
    window.setTimeout(() => {
      release(form);
      say(form, words("silentAgain"));
    }, PATIENCE_MS),
  ]);
}

/** A form with data-wait is sent by itself once there is a network again, by the button that was pressed last. */
function wait(form: HTMLFormElement, pressed: HTMLElement | null): void {
  say(form, words("waiting"));
  const button = pressed ?? form.querySelector<HTMLElement>("button:not([type=button])");
  const before = waiting.get(form);
  if (before) window.removeEventListener("online", before);
  const send = (): void => {
    waiting.delete(form);
    form.querySelector("[data-sending-note]")?.remove();
    button?.click();
  };
  waiting.set(form, send);
  window.addEventListener("online", send, { once: true });
}

function release(form: HTMLFormElement): void {
  patience.get(form)?.forEach((timer) => window.clearTimeout(timer));
  form.removeAttribute("data-sending");
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-label]")) {
    button.innerHTML = button.dataset["label"] ?? "";
    button.removeAttribute("data-label");
    button.removeAttribute("aria-disabled");
  }
  form.querySelector("[data-sending-note]")?.remove();
}

/** The button shows the progress to the eye, the note says it to the ear; a failure is shown to both. */
function say(form: HTMLFormElement, text: string, unseen = false): void {
  const note = form.querySelector<HTMLElement>("[data-sending-note]") ?? document.createElement("p");
  note.setAttribute("data-sending-note", "");
  note.setAttribute("role", "status");
  note.className = unseen ? "unseen" : "error";
  form.append(note);
  note.textContent = text;
}
