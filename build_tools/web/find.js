// On every page: the header's box gets suggestions once it is used; an article reached from a search shows its matches.
// Nothing more is loaded before that.
"use strict";
(() => {
  const here = document.currentScript.src;
  const load = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, here).href;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const style = () => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("search.css", here).href;
    document.head.append(link);
  };
  let loading = null;
  const base = () => {
    if (!loading) style();
    return (loading ??= load("search-base.js"));
  };

  // Suggestions for a box: what is named so, then articles whose text has it.
  async function suggestFor(box) {
    await base();
    const { Archive } = window;
    let ready = null;
    const search = () => (ready ??= load("search-engine.js"));
    const taken = ({ value, kind, key }) => {
      if (kind === "article") location.href = new URL(`../${Archive.page.articlePath(key)}?${new URLSearchParams({ q: box.value })}`, here).href;
      else location.href = new URL(`?${new URLSearchParams(kind === "round" ? { round: key } : { q: value })}`, box.form.action).href;
    };
    Archive.offer(box, taken, async (text) => {
      const names = await Archive.suggest(text);
      // The search itself comes with the first text that is not pinyin.
      if (/^[\x00-\x7f]*$/.test(text)) return names;
      await search();
      return [...names.slice(0, 5), ...(await Archive.articles(text))];
    });
    // What was typed while the scripts came.
    if (box.value) box.dispatchEvent(new Event("input"));
  }

  if (!document.getElementById("search-app"))
    for (const box of document.querySelectorAll(".da-find input, .da-search input[name=q]"))
      box.addEventListener("focus", () => suggestFor(box), { once: true });

  // The query's matches in one paragraph, as ranges of its text nodes.
  function rangesIn(paragraph, terms, foldCharacter) {
    const { foldMapped, places } = window.Archive.text;
    const nodes = [];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([node, text.length]);
      text += node.data;
    }
    const mapped = foldMapped(text, foldCharacter);
    const spans = places(mapped.text, terms).map(([a, b]) => [mapped.starts[a], mapped.ends[b - 1]]);
    // From the last to the first, so that splitting a node leaves the places before it right.
    const marks = [];
    for (const [start, end] of spans.reverse())
      for (const [node, from] of [...nodes].reverse()) {
        const a = Math.max(start - from, 0);
        const b = Math.min(end - from, node.data.length);
        if (a >= b) continue;
        const range = document.createRange();
        range.setStart(node, a);
        range.setEnd(node, b);
        const mark = document.createElement("mark");
        range.surroundContents(mark);
        marks.unshift(mark);
      }
    return marks;
  }

  async function markArticle(article, query) {
    await base();
    const { Archive } = window;
    // Where the page is shown in Traditional characters, its text needs their folding too.
    const isTraditional = document.documentElement.classList.contains("hant");
    const foldCharacter = await Archive.foldingFor(query + (isTraditional ? "體" : ""));
    const terms = Archive.text.parseQuery(query).filter((term) => !term.exclude).map((term) => Archive.text.fold(term.text, foldCharacter)).filter(Boolean);
    const marks = [...article.querySelectorAll("h1, .da-text p")].flatMap((p) => rangesIn(p, terms, foldCharacter));
    if (marks.length) stepThrough(marks, query);
  }

  function stepThrough(marks, query) {
    let at = -1;
    const bar = document.createElement("div");
    bar.className = "da-steps";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "检索词在文中的位置");
    const count = document.createElement("span");
    const button = (text, name, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", act);
      return made;
    };
    const go = (step) => {
      marks[at]?.classList.remove("da-current");
      at = (at + step + marks.length) % marks.length;
      marks[at].classList.add("da-current");
      marks[at].scrollIntoView({ block: "center" });
      count.textContent = `${at + 1}/${marks.length}`;
    };
    const close = () => {
      for (const mark of marks) mark.replaceWith(...mark.childNodes);
      bar.remove();
    };
    bar.append(query.slice(0, 20), count, button("↑", "上一处", () => go(-1)), button("↓", "下一处", () => go(1)), button("×", "不再标出", close));
    document.body.append(bar);
    go(1);
  }

  const article = document.querySelector(".da-article");
  const query = article && new URLSearchParams(location.search).get("q");
  if (query) markArticle(article, query.slice(0, 2000)).catch(() => {});
})();
