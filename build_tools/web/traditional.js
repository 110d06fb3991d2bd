// The page shown in Traditional characters, by OpenCC's table. For display only: what is copied by a button, searched
// or exported stays as it was published. Loaded once a reader asks for it, together with the table, which comes last.
"use strict";
(() => {
  const Archive = (window.Archive ??= {});
  const KEPT = "pre, code, kbd, script, textarea, [lang=en], .da-beside, .da-script";
  const ATTRIBUTES = ["title", "placeholder", "aria-label"];

  // ---------------------------------------------------------------- pure

  /** Text -> text, by the longest phrase at each place; `names` are people whose surname keeps its form. */
  function converter(characters, phrases, words, surnames, names) {
    const usual = new Map(characters.split(" ").map((row) => { const [from, to] = row; return [from, to]; }));
    const plain = (text) => Array.from(text, (character) => usual.get(character) ?? character).join("");
    const rows = phrases.split(" ").map((row) => [row.slice(0, row.length / 2), row.slice(row.length / 2)]);
    for (const [word] of words.matchAll(/../gu)) rows.push([word, plain(word)]);
    for (const name of names) if (surnames.includes(name[0])) rows.push([name, name[0] + plain(name.slice(1))]);
    const begins = new Map();
    for (const row of rows.sort((a, b) => b[0].length - a[0].length)) {
      const first = String.fromCodePoint(row[0].codePointAt(0));
      begins.has(first) ? begins.get(first).push(row) : begins.set(first, [row]);
    }
    return (text) => {
      let out = "";
      for (let at = 0; at < text.length;) {
        const first = String.fromCodePoint(text.codePointAt(at));
        const [from, to] = begins.get(first)?.find(([phrase]) => text.startsWith(phrase, at)) ?? [first, usual.get(first) ?? first];
        out += to;
        at += from.length;
      }
      return out;
    };
  }

  /** Traditional character -> Simplified, for all that a Simplified one may stand for. */
  function simplifier(characters) {
    const back = new Map();
    for (const row of characters.split(" ")) {
      const [from, ...forms] = row;
      for (const form of forms) if (!back.has(form)) back.set(form, from);
    }
    return (character) => back.get(character) ?? character;
  }

  // ----------------------------------------------------------------- DOM

  const published = new WeakMap();

  function show(root, convert) {
    if (root.nodeType === Node.TEXT_NODE) return showText(root, convert);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) showText(node, convert);
    for (const element of [root, ...root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())])
      for (const name of ATTRIBUTES)
        if (element.hasAttribute(name) && !element.closest(KEPT)) element.setAttribute(name, convert(element.getAttribute(name)));
  }

  function showText(node, convert) {
    if (node.parentElement?.closest(KEPT)) return;
    const shown = convert(node.data);
    if (shown === node.data) return;
    published.set(node, node.data);
    node.data = shown;
  }

  function showPage(convert) {
    document.documentElement.lang = "zh-Hant";
    document.title = convert(document.title);
    show(document.body, convert);
    // What scripts add later: hits, suggestions, the timeline.
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.isConnected) show(node, convert);
    }).observe(document.body, { childList: true, subtree: true });
  }

  let table = null;
  Archive.traditional = (...parts) => {
    table = parts;
    Archive.simplifier = simplifier(parts[0]);
    // What a reader types where the page is shown in Traditional characters.
    Archive.simplified = (text) => Array.from(text, Archive.simplifier).join("");
  };

  Archive.showTraditional = () => {
    const people = document.querySelectorAll(location.pathname.includes("/people/") ? "a, h1" : 'a[href*="people/"]');
    const names = Array.from(people, (node) => node.firstChild?.nodeValue?.match(/^\p{Script=Han}{2,4}$/u)?.[0]).filter(Boolean);
    showPage(converter(...table, names));
  };

  /** An element's text as it was published, however it is shown. */
  Archive.published = (element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = texts.nextNode(); node; node = texts.nextNode()) text += published.get(node) ?? node.data;
    return text;
  };
})();
