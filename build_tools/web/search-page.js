// The search page: what is typed, what is found, filters with counts; all of it in the address.
"use strict";
(() => {
  const Archive = window.Archive;
  const PAGE = 10;
  const WAIT = 160;
  const MOST_PRINTED = 200;
  const { KEYS, NAMES, COLUMNS, label, readAddress, writeAddress, csv, articlePath } = Archive.page;
  const { el, problem, row, meant, advice, remember, refocus } = Archive.view;

  const app = document.getElementById("search-app");
  if (!app) return;
  const assets = document.currentScript.src;
  document.head.append(el("link", { rel: "stylesheet", href: new URL("search.css", assets).href }));
  // The box in the header would ask the same question twice.
  document.querySelector(".da-find")?.remove();

  const form = app.querySelector("form");
  const input = form.querySelector("input[name=q]");
  const help = document.querySelector(".da-help");
  const title = document.title;
  const status = el("p", { class: "da-status", role: "status", "aria-live": "polite", tabindex: -1, "data-again": "status" });
  const onPaper = el("p", { class: "da-on-paper" });
  const chips = el("ul", { class: "da-chips", "aria-label": "筛选条件" });
  const notice = el("div", { class: "da-problems" });
  const results = el("ol", { id: "results", class: "da-results", "data-state": "idle" });
  const more = el("button", { type: "button", class: "da-showmore", hidden: true }, "显示更多");
  const alike = el("button", { type: "button", class: "da-alike", hidden: true, "data-again": "status" }, "再找词语相近的文章");
  const sort = el("select", { "aria-label": "排序" },
    el("option", { value: "relevance" }, "按相关"), el("option", { value: "date" }, "新的在前"), el("option", { value: "oldest" }, "旧的在前"));
  const save = (format) => el("button", { type: "button", "aria-label": `下载 ${format.toUpperCase()}`, onclick: () => download(format) }, format.toUpperCase());
  const tools = el("div", { class: "da-tools" }, sort, save("csv"), save("json"),
    el("button", { type: "button", onclick: printed }, "打印"),
    // On a narrow screen the filters stand below the results.
    el("button", { type: "button", class: "da-to-facets", onclick: () => { facets.scrollIntoView(); facets.focus({ preventScroll: true }); } }, "筛选"));
  const facets = el("aside", { class: "da-facets", "aria-label": "筛选", tabindex: -1 });
  app.append(el("div", { class: "da-answer" },
    el("div", { class: "da-list" }, el("div", { class: "da-line" }, onPaper, status, tools), chips, notice, results, more, alike), facets));

  let state = readAddress(location.search);
  let current = null;
  let turn = 0;
  let timer = 0;
  let composing = false;

  const asked = () => state.query.trim() !== "" || Object.keys(state.filters).length > 0;

  async function run() {
    const mine = ++turn;
    remember();
    sort.value = state.sort;
    document.title = state.query.trim() ? `${state.query.trim().slice(0, 40)} - ${title}` : title;
    showChips();
    if (!asked()) return rest();
    if (results.dataset.state === "idle") help.open = false;
    results.dataset.state = "searching";
    try {
      const found = await Archive.find(state.query, { ...state.filters, sort: state.sort, related: state.related || undefined });
      const foldCharacter = await Archive.foldingFor(state.query);
      if (mine !== turn) return;
      current = { ...found, foldCharacter, query: state.query };
      notice.replaceChildren(...found.problems.map(problem));
      const rows = await shown(found.hits.slice(0, PAGE));
      if (mine !== turn) return;
      results.replaceChildren(...rows);
      finish(found);
      await Archive.breathe();
      if (mine !== turn) return;
      // With nothing found and nothing chosen there is nothing to choose from.
      const isFiltered = Object.keys(state.filters).length > 0;
      facets.replaceChildren(...(!found.hits.length && !isFiltered ? [] : Archive.facets.boxes(found.hits, state.filters, { set: setFilters, toggle })));
      refocus(app);
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
    more.hidden = alike.hidden = true;
    tools.hidden = true;
    help.open = true;
    for (const name of ["exact", "total"]) delete results.dataset[name];
    results.dataset.state = "idle";
  }

  function finish({ exact, hits, more: complete = true }) {
    Object.assign(results.dataset, { exact, total: hits.length });
    more.hidden = hits.length <= results.children.length;
    alike.hidden = complete;
    tools.hidden = !hits.length;
    status.textContent = !hits.length ? "没有找到。" : exact === hits.length ? `${exact} 篇` : `原文 ${exact} 篇，相关 ${hits.length - exact} 篇`;
    if (!exact) notice.append(meant(state.query, change));
    if (!hits.length) notice.append(advice(state, change));
    onPaper.textContent = paper();
    results.dataset.state = "done";
  }

  // What a printed list must say of itself.
  function paper() {
    const filters = KEYS.flatMap((key) => [state.filters[key] ?? []].flat().map((value) => `${NAMES[key] ?? ""}${label(key, value)}`));
    const some = more.hidden ? "" : `；以下为前${results.children.length}篇`;
    return `检索：${[state.query.trim(), ...filters].filter(Boolean).join("，")}${some}。${location.href}`;
  }

  const shown = (hits) => Promise.all(hits.map((hit) => row(hit, current)));

  function change(changes) {
    Object.assign(state, changes);
    go(true);
  }

  async function showMore() {
    const mine = turn;
    const next = current.hits.slice(results.children.length, results.children.length + PAGE * 2);
    const rows = await shown(next);
    if (mine !== turn) return;
    results.append(...rows);
    more.hidden = results.children.length >= current.hits.length;
    onPaper.textContent = paper();
    rows[0]?.querySelector("a")?.focus();
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
        items.push(el("li", {}, el("button", { type: "button", "aria-label": `去掉筛选 ${label(key, value)}`, "data-again": "status", onclick: () =>
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
    const rows = [];
    // In the archive's order a part of the catalogue is asked for once.
    const placed = current.hits.map((hit, place) => ({ hit, place })).sort((a, b) => a.hit.article - b.hit.article);
    for (const { hit, place } of placed) {
      const fields = await Archive.index.listed(hit.article);
      rows[place] = { ...fields, ...hit, path: articlePath(fields.id), score: hit.score.toFixed(3) };
    }
    const text = format === "csv" ? csv(rows) : JSON.stringify({ query: state.query, filters: state.filters, exact: current.exact,
      results: rows.map((row) => Object.fromEntries(COLUMNS.map((name) => [name, row[name]]))) }, null, 1);
    const url = URL.createObjectURL(new Blob([text], { type: format === "csv" ? "text/csv;charset=utf-8" : "application/json" }));
    el("a", { href: url, download: `ducha-search.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  // On paper there is no button for more.
  async function printed() {
    while (!more.hidden && results.children.length < MOST_PRINTED) await showMore();
    window.print();
  }

  const typed = () => {
    if (composing || input.value === state.query) return;
    clearTimeout(timer);
    timer = setTimeout(() => { Object.assign(state, { query: input.value, related: false }); go(false); }, WAIT);
  };
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => { composing = false; typed(); });
  input.addEventListener("input", typed);
  form.addEventListener("submit", (event) => { event.preventDefault(); state.query = input.value; go(true); });
  sort.addEventListener("change", () => { state.sort = sort.value; go(true); });
  more.addEventListener("click", showMore);
  alike.addEventListener("click", () => change({ related: true }));
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

  Archive.offer(input, ({ value, kind, key }) => {
    if (kind === "round") Object.assign(state, { query: "", filters: { ...state.filters, round: [key] } });
    else state.query = value;
    input.value = state.query;
    go(true);
  });

  input.value = state.query;
  tools.hidden = true;
  if (asked()) run();
  else { rest(); input.focus(); }
})();
