// What can be measured on an open page, as sentences about what is wrong. Put into it by `looking.py`; the page knows nothing of it.
window.measures = (() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const text = one => (one.innerText || one.value || "").trim().replace(/\s+/g, " ");
  const said = one => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : one.name ? `[${one.name}]` : ""} “${text(one).slice(0, 24)}”`;
  const unseen = one => one.closest(".unseen") || getComputedStyle(one).clipPath === "inset(50%)";
  const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && one.getClientRects().length > 0 && !unseen(one) && !one.matches(".skip");
  const controls = () => all(CONTROLS).filter(one => shown(one) && !one.disabled);
  const texts = () => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const one = node.parentElement;
      if (node.data.trim() && shown(one) && !one.closest("option, script, svg")) found.push(one);
    }
    return [...new Set(found)];
  };

  // A link among the words of a sentence is as high as its line (WCAG 2.5.8, exception "inline").
  const inline = one => one.tagName === "A" && getComputedStyle(one).display.startsWith("inline")
    && [...one.parentElement.childNodes].some(near => near !== one && near.nodeType === Node.TEXT_NODE && near.data.trim());
  const area = one => {
    const boxes = [one, ...(["checkbox", "radio"].includes(one.type) ? one.labels : [])].map(each => each.getBoundingClientRect());
    const width = Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left));
    const height = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top));
    return [Math.round(width * 10) / 10, Math.round(height * 10) / 10];
  };
  const tooSmall = (least, some) => some.filter(one => !inline(one)).map(one => [one, ...area(one)])
    .filter(([, width, height]) => width < least || height < least)
    .map(([one, width, height]) => `${said(one)} is ${width} x ${height}, less than ${least}`);
  const targets = least => tooSmall(least, controls());

  // What sticks out at the right, innermost last.
  const wide = () => all("body *").filter(one => shown(one) && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(-3).map(one => `over the edge: ${said(one)} ${one.className}`);

  // Text that is cut off: the box hides what does not fit into it. A heading may end in … when the whole stands elsewhere on the page.
  const whole = (one, words) => getComputedStyle(one).webkitLineClamp !== "none"
    && all("main *").some(other => !other.contains(one) && !one.contains(other) && other.textContent.replace(/\s+/g, " ").includes(words));
  const clipped = () => all("body *").filter(one => {
    const style = getComputedStyle(one);
    if (!shown(one) || one.matches("input, textarea, select, progress, svg, svg *, img") || !text(one) || whole(one, text(one).replace(/…$/, ""))) return false;
    const hides = axis => ["hidden", "clip"].includes(style[axis]);
    return (hides("overflowY") && one.scrollHeight > one.clientHeight + 1) || (hides("overflowX") && one.scrollWidth > one.clientWidth + 1);
  }).map(one => `cut off: ${said(one)}`);

  // What somebody can press or fill in, named so that it is found again at another width.
  const names = () => [...new Set(controls().map(one => `${one.tagName} ${one.getAttribute("href") || one.name || ""} ${one.type || ""}`))];

  const elder = () => {
    const found = [];
    for (const one of texts()) {
      const style = getComputedStyle(one), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight) / size;
      if (size < 18) found.push(`text of ${size} px: ${said(one)}`);
      if (!(line >= 1.3)) found.push(`line of ${style.lineHeight} on ${size} px: ${said(one)}`);
    }
    for (const one of all("p + p").filter(shown)) {
      const above = one.previousElementSibling, style = getComputedStyle(one);
      const gap = one.getBoundingClientRect().top - above.getBoundingClientRect().bottom;
      const line = parseFloat(style.lineHeight) - parseFloat(style.fontSize);
      if (shown(above) && gap >= 0 && gap < 1.3 * line - 0.5 && getComputedStyle(one.parentElement).display === "block") {
        found.push(`paragraphs ${gap} px apart: ${said(one)}`);
      }
    }
    const first = all("main .button:not(.button-quiet, .button-link, .button-stop), .door:not(.door-quiet), .shelf").filter(shown);
    return [...found, ...tooSmall(60, first), ...targets(44)];
  };

  // Nothing opens by itself, and nothing moves.
  const restless = () => {
    const found = all("dialog[open], [popover]:popover-open, marquee, [autoplay]").map(one => `opens or moves by itself: ${said(one)}`);
    const moving = document.getAnimations().filter(one => one.playState === "running");
    return [...found, ...moving.map(one => `moves: ${said(one.effect.target)}`)];
  };

  // The same word of state has the same shape on a page, and no two states share one (UX-15).
  const chips = () => {
    const found = [], kinds = new Map(), words = new Map();
    for (const one of all(".chip, .clock, .clock-line, .timeline > li[id]").filter(shown)) {
      const kind = [...one.classList].filter(name => /^(chip|is|level|timeline)-/.test(name) && !/-(void|running)$/.test(name)).join(" ");
      const shape = (one.querySelector("use")?.getAttribute("href") || "").split("#")[1];
      const word = text(one.querySelector(".clock-state, .timeline-title, .clock-line > span") || one);
      if (!shape) found.push(`no shape: ${said(one)}`);
      if (!word) found.push(`no word beside ${shape}`);
      if ((kinds.get(shape) ?? kind) !== kind) found.push(`${shape} stands for ${kind} and for ${kinds.get(shape)}`);
      kinds.set(shape, kind);
      if (one.matches(".chip") && (words.get(word) ?? shape) !== shape) found.push(`${word} has the shapes ${shape} and ${words.get(word)}`);
      if (one.matches(".chip")) words.set(word, shape);
    }
    return found;
  };

  // Codes and passwords can be pasted and filled in by a machine (3.3.8); a citizen is not asked to type what the browser knows (1.3.5).
  const filling = () => {
    const found = [], wanted = {password: /^(current|new)-password$/, username: /^username$/};
    for (const one of all("input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea").filter(shown)) {
      const paste = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: new DataTransfer()});
      if (!one.dispatchEvent(paste)) found.push(`nothing can be pasted into ${said(one)}`);
      if (one.readOnly && !one.defaultValue) found.push(`nobody can fill in ${said(one)}`);
      const signsIn = one.form?.querySelector("[type=password]");
      const rule = wanted[one.type] || (signsIn && wanted[one.name]);
      if (rule && !rule.test(one.autocomplete)) found.push(`autocomplete “${one.autocomplete}” on ${said(one)}`);
    }
    return found;
  };

  // How to reach a person stands at the same place of every page: once, at the end of what the page says (3.2.6).
  const help = () => {
    const blocks = all(".help");
    if (blocks.length !== 1) return [`${blocks.length} blocks of help`];
    const page = document.querySelector("main > .page");
    return page && page.lastElementChild === blocks[0] ? [] : ["the help is not the last thing of the page"];
  };

  // One sheet, one script, small pictures, no font; no second window and no forced download (a web view has neither).
  const weight = () => {
    const found = [], loaded = performance.getEntriesByType("resource"), count = ending => loaded.filter(one => new URL(one.name).pathname.endsWith(ending)).length;
    if (count(".css") > 1 || count(".js") > 1) found.push(`${count(".css")} sheets and ${count(".js")} scripts`);
    if (document.fonts.size) found.push("fonts are loaded");
    for (const one of loaded.filter(each => each.initiatorType === "img" && each.decodedBodySize > 100_000)) found.push(`a picture of ${one.decodedBodySize} bytes`);
    for (const one of all("a[target], form[target], a[download]")) found.push(`leaves the window: ${said(one)}`);
    return found;
  };

  // What the parser of a browser forgives: who may stand in whom, and names that lead to nothing (the rest of UX-28: `validity.py`).
  const BLOCK = "address, article, aside, blockquote, div, dl, fieldset, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hr, main, nav, ol, p, pre, section, table, ul";
  const ONLY = [["ul, ol", "li"], ["dl", "dt, dd, div"], ["dl > div", "dt, dd"], ["tr", "th, td"], ["thead, tbody, tfoot", "tr"],
    ["table", "caption, colgroup, thead, tbody, tfoot"], ["select", "option, optgroup, hr"], ["datalist", "option"]];
  const LEADS = ["for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "popovertarget"];
  const content = () => {
    const found = [];
    for (const [parent, children] of ONLY) {
      for (const one of all(parent)) {
        for (const child of one.children) if (!child.matches(children)) found.push(`${said(child)} in ${one.tagName.toLowerCase()}`);
      }
    }
    for (const one of all("p, span, strong, em, b, i, small, kbd, time, label, button, summary, legend, h1, h2, h3, h4, h5, h6, dt")) {
      const heading = one.matches("summary, legend") ? "h1, h2, h3, h4, h5, h6" : one.matches("dt") ? "p, div, ul, ol" : ":not(*)";
      for (const child of all(BLOCK, one)) if (!child.matches(heading)) found.push(`${said(child)} in ${said(one)}`);
    }
    for (const one of all("a[href], button, label, summary")) {
      for (const child of all("a[href], button, input:not([type=hidden]), select, textarea, summary, label", one)) {
        if (!(one.matches("label") && child === one.control)) found.push(`${said(child)} inside ${said(one)}`);
      }
    }
    for (const name of LEADS) {
      for (const one of all(`[${name}]`)) {
        for (const id of one.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) found.push(`${name}="${id}" leads nowhere: ${said(one)}`);
      }
    }
    const asks = all("[autofocus]");
    if (asks.length > 1) found.push(`${asks.length} ask for the focus: ${asks.map(said)}`);
    if (asks.length && all("[data-error-summary]").some(one => one !== asks[0])) found.push(`not the errors take the focus: ${said(asks[0])}`);
    for (const one of all("[id='']")) found.push(`an empty id: ${said(one)}`);
    for (const one of all("a[href^='#']")) if (one.hash.length > 1 && !document.getElementById(decodeURIComponent(one.hash.slice(1)))) found.push(`${one.hash} leads nowhere: ${said(one)}`);
    return found;
  };

  // A sheet of our own past the page's policy, as somebody has it who sets text and spacing for themselves (1.4.4, 1.4.12).
  const own = new CSSStyleSheet();
  const styled = rules => {
    own.replaceSync(rules);
    document.adoptedStyleSheets = rules ? [own] : [];
  };

  return {wide, targets, clipped, names, elder, restless, chips, filling, help, weight, content, styled};
})();
