/** Tells how many characters are written in fields with data-count="limit"; it never cuts what someone writes. */
import { words } from "./words";

const QUIET_MS = 800;

export function countCharacters(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea[data-count], input[data-count]")) follow(field);
}

function follow(field: HTMLTextAreaElement | HTMLInputElement): void {
  const limit = Number(field.dataset["count"]);
  const shown = document.createElement("p");
  shown.className = "count";
  // Spoken after a pause: a count at every key would drown the text.
  const spoken = document.createElement("p");
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  shown.setAttribute("aria-hidden", "true");
  field.after(shown, spoken);
  let timer = 0;
  const show = (): void => {
    const written = [...field.value].length;
    shown.textContent = sentence(written, limit);
    shown.classList.toggle("count-over", written > limit);
  };
  field.addEventListener("input", () => {
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (spoken.textContent = shown.textContent), QUIET_MS);
  });
  show();
}

function sentence(written: number, limit: number): string {
  return written > limit ? words("countOver", { n: written - limit, max: limit }) : words("count", { n: written, max: limit });
}
