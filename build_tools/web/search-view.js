// What a search shows, as elements: results, problems, advice.
"use strict";
(() => {
  const Archive = window.Archive;
  const { articlePath, dateText } = Archive.page;

  function el(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }

  const problem = (error) => el("p", { class: "da-warning", role: "alert" },
    error instanceof Archive.index.ShardError ? `${error.message}，这一部分结果可能不全；其余不受影响。` : "检索出错，请换一个检索词。");

  // A result: title, the words around the match, what the article is about.
  async function row({ article: number, tier, score }, { query, marks: found, foldCharacter }) {
    const attributes = { "data-tier": tier, "data-score": score.toFixed(3) };
    let article;
    try {
      article = await Archive.index.article(number);
    } catch (error) {
      const ids = await Archive.index.ids().catch(() => []);
      return el("li", { ...attributes, "data-id": ids[number] ?? number }, problem(error));
    }
    await Archive.breathe();
    const marks = found[tier];
    const link = `${articlePath(article.id)}${query ? `?${new URLSearchParams({ q: query })}` : ""}`;
    const pieces = (parts) => parts.map(([text, on]) => (on ? el("mark", {}, text) : text));
    const inTitle = Archive.text.foldMapped(article.title, foldCharacter);
    const titleMarks = Archive.text.places(inTitle.text, marks).map(([a, b]) => [inTitle.starts[a], inTitle.ends[b - 1]]);
    const body = article.lines.slice(1).filter(Boolean);
    const facts = [article.place, article.stage === "其他" ? "" : article.stage, article.source].filter(Boolean);
    return el("li", { ...attributes, "data-id": article.id },
      el("a", { href: link, class: "da-hit" }, article.supplied ? "［" : "", pieces(Archive.text.marked(article.title, titleMarks)), article.supplied ? "］" : ""),
      el("p", { class: "da-snippet" }, pieces(Archive.text.snippet(body, marks, foldCharacter))),
      el("p", { class: "da-about" }, el("time", { datetime: article.date || false }, dateText(article.date)), facts.map((fact) => el("i", {}, fact)),
        tier === "related" ? el("b", {}, "相关") : null));
  }

  // What the reader may have meant; empty until it is known, and where nothing is near.
  function meant(query, change) {
    const list = el("p", { class: "da-meant", hidden: true });
    Archive.near(query).then((found) => {
      list.hidden = !found.length;
      list.append("是不是要找：", ...found.map(({ value, count }) => el("button", { type: "button", onclick: () => change({ query: value, filters: {} }) }, value, el("small", {}, ` ${count}`))));
    }).catch(() => {});
    return list;
  }

  // What to try when nothing is found.
  function advice({ query, filters }, change) {
    const tips = [];
    const offer = (text, changes) => tips.push(el("li", {}, el("button", { type: "button", onclick: () => change(changes) }, text)));
    const words = query.trim().split(/\s+/).filter(Boolean);
    if (Object.keys(filters).length) offer("去掉全部筛选", { filters: {} });
    if (/["＂“”「」]/.test(query)) offer("去掉引号", { query: query.replace(/["＂“”「」]/g, "") });
    if (words.length > 1) for (const word of words.filter((w) => !w.startsWith("-")).slice(0, 4)) offer(`只找“${word}”`, { query: word });
    else if ([...query].length > 4) offer(`只找“${[...query].slice(0, 4).join("")}”`, { query: [...query].slice(0, 4).join("") });
    return el("ul", { class: "da-advice" }, tips, el("li", {}, "检索逐字比对原文：试试更短的词，或查", el("a", { href: "timeline.html" }, "时间线"), "、", el("a", { href: "people.html" }, "人物"), "。"));
  }

  // Much is made anew at every change, and what had the focus with it: its like, by `data-again`, gets it once it is made.
  let wanted = null;
  const remember = () => { wanted = document.activeElement?.dataset?.again ?? wanted; };
  function refocus(root) {
    if (!wanted || (document.activeElement?.isConnected && document.activeElement !== document.body)) return;
    const like = [...root.querySelectorAll("[data-again]")].find((node) => node.dataset.again === wanted && !node.hidden);
    if (!like) return;
    wanted = null;
    like.focus({ preventScroll: true });
  }

  Archive.view = { el, problem, row, meant, advice, remember, refocus };
})();
