/** Reads the page aloud where the browser has a voice of its own; nothing leaves the telephone. */
import { words } from "./words";

const TEXT = "h1, h2, h3, p, li, dt, dd, label, legend, th, td, summary, main .button, main button";

export function offerListening(): void {
  const voice = window.speechSynthesis;
  const modes = document.querySelector("ul.modes");
  const page = document.querySelector("main");
  if (!voice || !("SpeechSynthesisUtterance" in window) || !modes || !page) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mode";
  button.textContent = words("listen");
  const rest = (): void => {
    button.textContent = words("listen");
  };
  button.addEventListener("click", () => {
    const speaks = voice.speaking || voice.pending;
    voice.cancel();
    rest();
    if (speaks) return;
    const sentences = said(page);
    sentences.forEach((text, n) => {
      const one = new SpeechSynthesisUtterance(text);
      one.lang = document.documentElement.lang;
      one.rate = 0.9;
      if (n === sentences.length - 1) one.onend = rest;
      voice.speak(one);
    });
    button.textContent = words("listenStop");
  });
  window.addEventListener("pagehide", () => voice.cancel());
  const place = document.createElement("li");
  place.append(button);
  modes.append(place);
}

/** What stands there, piece by piece, each once: a list item that holds paragraphs is read as its paragraphs. */
function said(page: Element): string[] {
  return [...page.querySelectorAll<HTMLElement>(TEXT)]
    .filter((one) => !one.querySelector(TEXT) && !one.closest("[hidden], [aria-hidden=true], .unseen") && one.getClientRects().length)
    .map((one) => one.innerText.trim())
    .filter(Boolean);
}
