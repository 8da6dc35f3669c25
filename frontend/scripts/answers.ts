/** Questions answered with one key each: y for yes, n for no, then on to the next one; Enter sends as always.
 *
 *  <form data-answers>   its radio groups hold "yes" and "no"
 */

export function answerByKeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-answers]")) {
    document.querySelectorAll<HTMLElement>("[data-answers-hint]").forEach((hint) => (hint.hidden = false));
    form.addEventListener("keydown", (event) => {
      const value = { y: "yes", n: "no" }[event.key.toLowerCase()];
      if (!value || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const radio = event.target;
      if (!(radio instanceof HTMLInputElement) || radio.type !== "radio") return;
      event.preventDefault();
      event.stopPropagation();
      answer(form, radio.name, value);
    });
  }
}

function answer(form: HTMLFormElement, name: string, value: string): void {
  const radios = [...form.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const chosen = radios.find((radio) => radio.name === name && radio.value === value);
  if (!chosen) return;
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  const names = [...new Set(radios.map((radio) => radio.name))];
  const next = names.slice(names.indexOf(name) + 1).find((one) => !radios.some((radio) => radio.name === one && radio.checked));
  (next ? radios.find((radio) => radio.name === next) : chosen)?.focus();
}
