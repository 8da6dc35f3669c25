/** Saves a half-typed form on the server, sealed for the person who types it, a moment after each change.
 *
 *  <form data-draft-url="…">    where to; files stay behind
 *  [data-draft-saved]           says when it was saved, or that there is no network and where the text is meanwhile
 *
 *  The form hears "draft:saved" when the server has exactly what stands in it (draft.ts keeps a copy for a dead network).
 */
import { words } from "./words";

const PAUSE_MS = 800;
const RETRY_MS = 5000;

export function autosave(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft-url]")) follow(form);
}

function follow(form: HTMLFormElement): void {
  let timer = 0;
  let typed = 0;
  let sent = false;
  const later = (pause: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), pause);
  };
  const save = async (): Promise<void> => {
    if (sent) return;
    const now = typed;
    const saved = await put(form);
    if (sent) return;
    tell(form, saved);
    if (!saved) later(RETRY_MS);
    else if (now === typed) form.dispatchEvent(new CustomEvent("draft:saved"));
  };
  form.addEventListener("input", () => {
    typed += 1;
    later(PAUSE_MS);
  });
  window.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    sent = true;
    window.clearTimeout(timer);
    // A sending that failed leaves us here: go on saving.
    window.setTimeout(() => (sent = false), RETRY_MS);
  });
  window.addEventListener("online", () => {
    if (typed) later(0);
  });
}

async function put(form: HTMLFormElement): Promise<boolean> {
  const content = new FormData(form);
  for (const name of [...content.keys()]) if (content.get(name) instanceof File) content.delete(name);
  try {
    const answer = await fetch(form.dataset["draftUrl"] ?? "", { method: "POST", body: content, redirect: "error" });
    return answer.ok;
  } catch {
    return false;
  }
}

function tell(form: HTMLFormElement, saved: boolean): void {
  const note = form.querySelector<HTMLElement>("[data-draft-saved]");
  if (!note) return;
  const time = new Date().toLocaleTimeString(document.documentElement.lang || "zh-CN", { hour12: false });
  const kept = form.dataset["draft"] ? words("draftLocal") : words("draftPage");
  note.textContent = saved ? words("draftSaved", { time }) : kept;
}
