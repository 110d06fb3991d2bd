// The search page: what is typed, what is found, filters with counts; all of it in the address.
"use strict";
(() => {
  const Archive = window.Archive;
  const PAGE = 10;
  const WAIT = 160;
  const FACETS = [
    ["province", "省份", true], ["round", "轮次", false], ["stage", "阶段", false], ["level", "级别", false],
    ["city", "市州", false], ["official", "官员", false], ["source", "来源", false],
  ];
  const SHOWN_VALUES = 8;
  const NAMES = { from: "自", to: "至", year: "年份" };
  const NUMERALS = "〇一二三四五六七八九十";
  const KEYS = [...FACETS.map(([key]) => key), "year", "from", "to"];

  // ------------------------------------------------------------ pure parts

  const chinese = (n) => (n <= 10 ? NUMERALS[n] : n < 20 ? `十${NUMERALS[n - 10]}` : String(n));

  // 1.4 -> 中央第一轮第四批; p2 -> 省级第二轮; 1.1h -> a look-back.
  function label(facet, value) {
    if (facet === "level") return { central: "中央", provincial: "省级" }[value] ?? value;
    const match = facet === "round" && /^(p?)(\d+)(?:\.(\d+)(h?))?$/.exec(value);
    if (!match) return value;
    const [, provincial, round, batch, back] = match;
    const turn = round === "0" ? "试点" : `第${chinese(Number(round))}轮`;
    return `${provincial ? "省级" : "中央"}${turn}${batch ? `${back ? "“回头看”" : ""}第${chinese(Number(batch))}批` : ""}`;
  }

  function readAddress(search) {
    const params = new URLSearchParams(search);
    const filters = {};
    for (const key of KEYS) {
      const values = params.getAll(key).filter(Boolean).slice(0, 20);
      if (values.length) filters[key] = ["from", "to", "year"].includes(key) ? values[0] : values;
    }
    const sort = ["date", "oldest"].includes(params.get("sort")) ? params.get("sort") : "relevance";
    return { query: params.get("q") ?? "", filters, sort };
  }

  function writeAddress({ query, filters, sort }) {
    const params = new URLSearchParams();
    if (query) params.set("q", query);
    for (const key of KEYS) for (const value of [filters[key] ?? []].flat()) params.append(key, value);
    if (sort !== "relevance") params.set("sort", sort);
    const text = params.toString();
    return text ? `?${text}` : location.pathname.split("/").pop() || "search.html";
  }

  const csvCell = (text) => {
    // A cell that begins like a formula is not one.
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const COLUMNS = ["id", "title", "date", "place", "stage", "source", "tier", "score", "path"];
  const csv = (rows) => "\ufeff" + [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => String(row[name] ?? "")))].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

  const articlePath = (id) => `articles/${/^\d{4}/.test(id) ? id.slice(0, 4) : "undated"}/${id}.html`;
  const dateText = (date) => {
    const [year, month, day] = date.split("-").map(Number);
    return !date ? "日期不详" : `${year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}`;
  };

  // How many of the hits have each value, most first.
  function countValues(facet, found) {
    const counts = [];
    for (const [value, list] of facet) {
      let count = 0;
      for (const article of list) if (found.has(article)) count++;
      if (count) counts.push([value, count]);
    }
    return counts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  function countYears(days, found) {
    const counts = new Map();
    for (const article of found) if (days[article]) counts.set(days[article] >> 9, (counts.get(days[article] >> 9) ?? 0) + 1);
    return [...counts].sort((a, b) => a[0] - b[0]);
  }

  // ------------------------------------------------------------------- DOM

  function el(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }

  const app = document.getElementById("search-app");
  if (!app) return;
  const assets = document.currentScript.src;
  document.head.append(el("link", { rel: "stylesheet", href: new URL("search.css", assets).href }));
  // The box in the header would ask the same question twice.
  document.querySelector(".da-find")?.remove();

  const form = app.querySelector("form");
  const input = form.querySelector("input[name=q]");
  const status = el("p", { class: "da-status", role: "status", "aria-live": "polite" });
  const chips = el("ul", { class: "da-chips", "aria-label": "筛选条件" });
  const notice = el("div", { class: "da-problems" });
  const results = el("ol", { id: "results", class: "da-results", "data-state": "idle" });
  const more = el("button", { type: "button", class: "da-showmore", hidden: true }, "显示更多");
  const sort = el("select", { "aria-label": "排序" },
    el("option", { value: "relevance" }, "按相关"), el("option", { value: "date" }, "新的在前"), el("option", { value: "oldest" }, "旧的在前"));
  const save = (format) => el("button", { type: "button", onclick: () => download(format) }, format.toUpperCase());
  const tools = el("div", { class: "da-tools" }, sort, save("csv"), save("json"),
    el("button", { type: "button", onclick: () => window.print() }, "打印"));
  const facets = el("aside", { class: "da-facets", "aria-label": "筛选" });
  app.append(el("div", { class: "da-found" },
    el("div", { class: "da-list" }, el("div", { class: "da-line" }, status, tools), chips, notice, results, more), facets));

  let state = readAddress(location.search);
  let current = null;
  let turn = 0;
  let timer = 0;
  let composing = false;

  const asked = () => state.query.trim() !== "" || Object.keys(state.filters).length > 0;

  async function run() {
    const mine = ++turn;
    sort.value = state.sort;
    showChips();
    if (!asked()) return rest();
    results.dataset.state = "searching";
    try {
      const found = await Archive.find(state.query, { ...state.filters, sort: state.sort });
      const foldCharacter = await Archive.foldingFor(state.query);
      if (mine !== turn) return;
      current = { ...found, foldCharacter };
      notice.replaceChildren(...found.problems.map(problem));
      const rows = await Promise.all(found.hits.slice(0, PAGE).map(row));
      if (mine !== turn) return;
      results.replaceChildren(...rows);
      finish(found);
      await showFacets(mine);
    } catch (error) {
      if (mine !== turn) return;
      notice.replaceChildren(problem(error));
      results.replaceChildren();
      finish({ exact: 0, hits: [] });
      status.textContent = "检索未完成。";
    }
  }

  function rest() {
    current = null;
    results.replaceChildren();
    notice.replaceChildren();
    facets.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    tools.hidden = true;
    for (const name of ["exact", "total"]) delete results.dataset[name];
    results.dataset.state = "idle";
  }

  function finish({ exact, hits }) {
    Object.assign(results.dataset, { exact, total: hits.length });
    more.hidden = hits.length <= results.children.length;
    tools.hidden = !hits.length;
    status.textContent = !hits.length ? "没有找到。" : exact === hits.length ? `${exact} 篇` : `原文 ${exact} 篇，相关 ${hits.length - exact} 篇`;
    if (!hits.length) notice.append(advice());
    results.dataset.state = "done";
  }

  const problem = (error) => el("p", { class: "da-warning", role: "alert" },
    error instanceof Archive.index.ShardError ? `${error.message}，这一部分结果可能不全；其余不受影响。` : "检索出错，请换一个检索词。");

  // What to try when nothing is found.
  function advice() {
    const tips = [];
    const change = (text, change) => tips.push(el("li", {}, el("button", { type: "button", onclick: () => { Object.assign(state, change); go(true); } }, text)));
    const words = state.query.trim().split(/\s+/).filter(Boolean);
    if (Object.keys(state.filters).length) change("去掉全部筛选", { filters: {} });
    if (/["＂“”「」]/.test(state.query)) change("去掉引号", { query: state.query.replace(/["＂“”「」]/g, "") });
    if (words.length > 1) for (const word of words.filter((w) => !w.startsWith("-")).slice(0, 4)) change(`只找“${word}”`, { query: word });
    else if ([...state.query].length > 4) change(`只找“${[...state.query].slice(0, 4).join("")}”`, { query: [...state.query].slice(0, 4).join("") });
    const near = el("li", { hidden: true });
    Archive.suggest?.(state.query).then((found) => {
      if (!found?.length) return;
      near.hidden = false;
      near.append("是不是要找：", ...found.slice(0, 5).map(({ value }) => el("button", { type: "button", onclick: () => { state.query = value; go(true); } }, value)));
    }).catch(() => {});
    return el("ul", { class: "da-advice" }, tips, near, el("li", {}, "检索逐字比对原文：试试更短的词，或查", el("a", { href: "timeline.html" }, "时间线"), "、", el("a", { href: "people.html" }, "人物"), "。"));
  }

  async function row({ article: number, tier, score }) {
    const attributes = { "data-tier": tier, "data-score": score.toFixed(3) };
    let article;
    try {
      article = await Archive.index.article(number);
    } catch (error) {
      const ids = await Archive.index.ids().catch(() => []);
      return el("li", { ...attributes, "data-id": ids[number] ?? number }, problem(error));
    }
    const { foldCharacter } = current;
    const marks = current.marks[tier];
    const link = `${articlePath(article.id)}${state.query ? `?${new URLSearchParams({ q: state.query })}` : ""}`;
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

  async function showMore() {
    const mine = turn;
    const next = current.hits.slice(results.children.length, results.children.length + PAGE * 2);
    const rows = await Promise.all(next.map(row));
    if (mine !== turn) return;
    results.append(...rows);
    more.hidden = results.children.length >= current.hits.length;
    rows[0]?.querySelector("a")?.focus();
  }

  // ---------------------------------------------------------------- facets

  const open = new Set(FACETS.filter(([key, , shown]) => shown || state.filters[key]).map(([key]) => key));

  async function showFacets(mine) {
    const found = new Set(current.hits.map((hit) => hit.article));
    const boxes = [yearBox(found), ...FACETS.map(([key, name]) => box(key, name, found))];
    if (mine === turn) facets.replaceChildren(...boxes);
  }

  function box(key, name, found) {
    const list = el("ul", {});
    const details = el("details", { open: open.has(key) }, el("summary", {}, name), list);
    const fill = async () => {
      if (list.children.length) return;
      try {
        list.append(...valueRows(key, countValues(await facetOf(key), found)));
      } catch (error) {
        list.append(el("li", {}, problem(error)));
      }
    };
    details.addEventListener("toggle", () => {
      open[details.open ? "add" : "delete"](key);
      if (details.open) fill();
    });
    if (open.has(key)) fill();
    return details;
  }

  async function facetOf(key) {
    if (key !== "official") return Archive.index.facet(key);
    const { officials } = await Archive.index.open();
    const parts = await Promise.all(officials.map((_, i) => Archive.index.facet(`official-${i}`)));
    return parts.flatMap((part) => [...part]);
  }

  function valueRows(key, counts) {
    const chosen = new Set([state.filters[key] ?? []].flat());
    const item = ([value, count]) => el("li", {}, el("button", {
      type: "button", "aria-pressed": String(chosen.has(value)), onclick: () => toggle(key, value),
    }, el("span", {}, label(key, value)), el("small", {}, String(count))));
    const rows = counts.slice(0, SHOWN_VALUES).map(item);
    if (counts.length > SHOWN_VALUES)
      rows.push(el("li", {}, el("button", { type: "button", class: "da-rest", onclick: (event) =>
        event.currentTarget.parentElement.replaceWith(...counts.slice(SHOWN_VALUES, 200).map(item)) }, `其余 ${counts.length - SHOWN_VALUES} 项`)));
    return rows.length ? rows : [el("li", {}, "—")];
  }

  function yearBox(found) {
    const bars = el("div", { class: "da-bars", role: "group", "aria-label": "按年筛选" });
    const from = el("input", { type: "text", inputmode: "numeric", placeholder: "2015-01", "aria-label": "起始日期", value: state.filters.from ?? "" });
    const to = el("input", { type: "text", inputmode: "numeric", placeholder: "2025-12", "aria-label": "截止日期", value: state.filters.to ?? "" });
    const range = () => setFilters({ from: from.value.trim(), to: to.value.trim(), year: "" });
    for (const field of [from, to]) field.addEventListener("change", range);
    Archive.index.dates().then((days) => {
      const years = countYears(days, found);
      const most = Math.max(...years.map(([, count]) => count), 1);
      let start = null;
      for (const [year, count] of years) {
        const bar = el("button", { type: "button", title: `${year}年 ${count}篇`, "data-year": year, "aria-label": `${year}年，${count}篇`,
          onclick: () => setFilters({ from: String(year), to: String(year), year: "" }) }, el("span", {}), el("small", {}, String(year).slice(2)));
        bar.firstChild.style.height = `${Math.max(4, (count / most) * 100)}%`;
        // Drag from one year to another for a range.
        bar.addEventListener("pointerdown", () => (start = year));
        bar.addEventListener("pointerup", () => {
          if (start !== null && start !== year) setFilters({ from: String(Math.min(start, year)), to: String(Math.max(start, year)), year: "" });
          start = null;
        });
        bars.append(bar);
      }
    }).catch((error) => bars.append(problem(error)));
    return el("details", { open: true }, el("summary", {}, "日期"), bars, el("p", { class: "da-range" }, from, "至", to));
  }

  function setFilters(changes) {
    const filters = { ...state.filters };
    for (const [key, value] of Object.entries(changes)) if (value && value.length) filters[key] = value; else delete filters[key];
    state = { ...state, filters };
    go(true);
  }

  function toggle(key, value) {
    const values = [state.filters[key] ?? []].flat();
    setFilters({ [key]: values.includes(value) ? values.filter((v) => v !== value) : [...values, value] });
  }

  function showChips() {
    const items = [];
    for (const key of KEYS)
      for (const value of [state.filters[key] ?? []].flat())
        items.push(el("li", {}, el("button", { type: "button", "aria-label": `去掉筛选 ${value}`, onclick: () =>
          Array.isArray(state.filters[key]) ? toggle(key, value) : setFilters({ [key]: "" }) }, `${NAMES[key] ? `${NAMES[key]} ` : ""}${label(key, value)} ×`)));
    chips.replaceChildren(...items);
  }

  // --------------------------------------------------------------- actions

  function go(step) {
    clearTimeout(timer);
    if (input.value !== state.query) input.value = state.query;
    const address = writeAddress(state);
    try {
      history[step ? "pushState" : "replaceState"](null, "", address);
    } catch { /* a page opened from a folder may not change its address in some browsers */ }
    run();
  }

  async function download(format) {
    const articles = [];
    for (let at = 0; at < current.hits.length; at += 50)
      articles.push(...(await Promise.all(current.hits.slice(at, at + 50).map(async (hit) => ({ ...(await Archive.index.article(hit.article)), ...hit })))));
    const rows = articles.map((a) => ({ ...a, path: articlePath(a.id), score: a.score.toFixed(3) }));
    const text = format === "csv" ? csv(rows) : JSON.stringify({ query: state.query, filters: state.filters, exact: current.exact,
      results: rows.map((row) => Object.fromEntries(COLUMNS.map((name) => [name, row[name]]))) }, null, 1);
    const url = URL.createObjectURL(new Blob([text], { type: format === "csv" ? "text/csv;charset=utf-8" : "application/json" }));
    el("a", { href: url, download: `ducha-search.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  const typed = () => {
    if (composing || input.value === state.query) return;
    clearTimeout(timer);
    timer = setTimeout(() => { state.query = input.value; go(false); }, WAIT);
  };
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => { composing = false; typed(); });
  input.addEventListener("input", typed);
  form.addEventListener("submit", (event) => { event.preventDefault(); state.query = input.value; go(true); });
  sort.addEventListener("change", () => { state.sort = sort.value; go(true); });
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => { state = readAddress(location.search); input.value = state.query; run(); });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = [...results.querySelectorAll("a.da-hit")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) input.focus();
    else if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === input)) links[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });

  Archive.offer(input, ({ value }) => { input.value = state.query = value; go(true); });

  input.value = state.query;
  tools.hidden = true;
  if (asked()) run();
  else input.focus();
  Archive.page = { readAddress, csv, label, countValues };
})();
