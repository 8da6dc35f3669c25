// Runs axe: its violations, and what it leaves to a person without a decision, as sentences (`looking.py`).
([tags, rules, decisions]) => axe.run({runOnly: tags, rules, resultTypes: ["violations", "incomplete"]}).then(({violations, incomplete}) => {
  const used = window.axeDecided ??= new Set();
  const where = nodes => nodes.slice(0, 3).map(node => node.target.join(" ")).join(", ");
  const why = node => [...node.any, ...node.all, ...node.none].map(check => check.data?.messageKey || check.id).join(" ");
  const decided = (rule, node) => {
    const one = document.querySelector(node.target.at(-1));
    const number = decisions.findIndex(([of, key, part, media]) => of === rule && why(node).includes(key)
      && one?.closest(part) && matchMedia(media).matches);
    if (number >= 0) used.add(number);
    return number >= 0;
  };
  const open = incomplete.map(one => [one.id, one.nodes.filter(node => !decided(one.id, node))]).filter(([, nodes]) => nodes.length);
  return [
    ...violations.map(one => `axe ${one.id}: ${where(one.nodes)}`),
    ...open.map(([id, nodes]) => `axe leaves ${id} open (${why(nodes[0])}), see axe_decisions.py: ${where(nodes)}`),
  ];
})
