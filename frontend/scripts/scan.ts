/** A scanner acts as a keyboard: a receipt held under it anywhere on the desk opens its matter.
 *
 *  <body data-scan="/desk/search/">   where a number is looked up, as if it had been typed into the search
 *
 *  A scan is told from fingers by its pace. In a field it is simply typed there; the search and the window understand it.
 */

import { isWriting } from "./writing";

const PACE_MS = 150;
const NUMBER = /^XF-?[0-9A-Z]{4}-?[0-9A-Z]{4}$/;

export function openScans(): void {
  const address = document.body.dataset["scan"];
  if (!address) return;
  let read = "";
  let timer = 0;
  const giveBack = (): void => {
    const typed = read;
    read = "";
    // It was a finger after all: the key means what it always means.
    if (typed.length === 1) document.dispatchEvent(new KeyboardEvent("keydown", { key: typed, bubbles: true }));
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (!event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      if (event.key === "Enter" && NUMBER.test(read)) {
        stop(event);
        look(address, read);
        read = "";
        return;
      }
      if (event.key.length !== 1 || (!read && event.key.toUpperCase() !== "X")) return;
      stop(event);
      read += event.key.toUpperCase();
      window.clearTimeout(timer);
      timer = window.setTimeout(giveBack, PACE_MS);
    },
    true,
  );
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Sent as a form: what is looked for stands in no address. */
function look(address: string, number: string): void {
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.append(hidden("csrfmiddlewaretoken", token), hidden("q", number));
  document.body.append(form);
  form.submit();
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}
