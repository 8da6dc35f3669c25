/** Buttons with data-print open the browser's print dialogue; they are hidden where there is no script.
 *  The kind of paper that was chosen last (radios named "paper") is remembered at this computer, where the printer stands. */

const PAPER = "xinfang-paper";

export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  rememberPaper([...document.querySelectorAll<HTMLInputElement>("input[name=paper]")]);
}

function rememberPaper(papers: HTMLInputElement[]): void {
  try {
    const last = papers.find((paper) => paper.id === window.localStorage.getItem(PAPER));
    if (last) last.checked = true;
    for (const paper of papers) paper.addEventListener("change", () => window.localStorage.setItem(PAPER, paper.id));
  } catch {
    // the browser forbids storage: the first paper is offered each time
  }
}
