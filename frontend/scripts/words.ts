/** Words for the scripts: written and translated by the server in the element #words, so no sentence lives in a script. */

export function words(name: string, facts: Record<string, string | number> = {}): string {
  const template = document.getElementById("words")?.dataset[name] ?? "";
  return template.replace(/\{(\w+)\}/g, (whole, fact: string) => String(facts[fact] ?? whole));
}
