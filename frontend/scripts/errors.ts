/** Puts the reader's focus on the summary of errors, for browsers that ignore autofocus on it. */

export function focusErrors(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (summary && !summary.contains(document.activeElement)) summary.focus();
}
