/** A self-service machine forgets who stood before it: a minute without a sign of life, half a minute of warning, then
 *  everything is cleared and the start page opens. Without this script the button of the same form does it.
 *
 *  <form data-idle="60" data-idle-warning="30">   seconds until the warning, and seconds from there to the end
 *  [data-idle-notice] with [data-idle-words] and [data-idle-stay]
 */
import { words } from "./words";

const HANDS = ["pointerdown", "pointermove", "touchstart", "scroll", "wheel"];
const WRITING = ["keydown", "input"];

export function forgetWhenIdle(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-idle]");
  const notice = document.querySelector<HTMLElement>("[data-idle-notice]");
  if (!form || !notice) return;
  const quiet = Number(form.dataset["idle"]) || 60;
  const warning = Number(form.dataset["idleWarning"]) || 30;
  const said = notice.querySelector<HTMLElement>("[data-idle-words]");
  let seen = Date.now();
  const alive = (): void => {
    seen = Date.now();
    notice.hidden = true;
  };
  // While the warning stands, a hand has to press its button: a warning that goes at a touch lets the press fall on
  // whatever lies beneath.
  const near = (): void => {
    if (notice.hidden) alive();
  };
  for (const sign of HANDS) window.addEventListener(sign, near, { passive: true, capture: true });
  for (const sign of WRITING) window.addEventListener(sign, alive, { passive: true, capture: true });
  notice.querySelector("[data-idle-stay]")?.addEventListener("click", alive);
  form.addEventListener("submit", clear);
  // A page that the browser kept for its back button shows what the one before typed.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  const watch = window.setInterval(() => {
    const left = Math.ceil(quiet + warning - (Date.now() - seen) / 1000);
    if (left <= 0) {
      // Once: sending it again each second would break off the answer of a slow house for ever.
      window.clearInterval(watch);
      clear();
      form.submit();
    } else if (left <= warning) {
      if (said) said.textContent = words("idle", { n: left });
      notice.hidden = false;
    }
  }, 1000);
}

function clear(): void {
  try {
    window.sessionStorage.clear();
    window.localStorage.clear();
  } catch {
    // the browser forbids storage: there is nothing to clear
  }
}
