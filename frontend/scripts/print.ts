/** Buttons with data-print open the browser's print dialogue; they are hidden where there is no script. */

export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
