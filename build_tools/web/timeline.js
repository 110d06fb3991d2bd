// The timeline: zoom from decades to days, filter, and a list that follows. The state lives in the address after #.
// Without this script the page shows the same months as a drawing and the same articles as lists.
"use strict";

const Timeline = (() => {
  const { dateOf, rangeOf, pathTo, beside, matching, stays, bins, ticks, counted, readState, writeState } = TimelineTime;
  const WIDTH = 960;
  const HEIGHT = 150;
  const BASE = HEIGHT + 18;
  const MORE = 50;

  let columns = null;
  const waiting = new Map();

  const SVG = "http://www.w3.org/2000/svg";
  function draw(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }
  function make(name, properties, ...children) {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  }

  /** A file of data, asked for once; the script calls back under the same name. */
  function data(name, file, nothing) {
    if (!waiting.has(name)) {
      let done;
      const promise = new Promise((resolve) => { done = resolve; });
      waiting.set(name, { promise, done });
      document.head.append(make("script", { src: `timeline/${file}.js`, onerror: () => done(nothing) }));
    }
    return waiting.get(name).promise;
  }

  const go = (changes) => { location.hash = writeState({ ...readState(location.hash), ...changes }); };

  // ------------------------------------------------------------- drawing

  function histogram(state, places, range) {
    const cuts = bins(range);
    const counts = counted(places, columns, cuts);
    const top = Math.max(5, ...counts.map((kinds) => kinds.reduce((sum, count) => sum + count, 0)));
    const scale = WIDTH / (range.last - range.first + 1);
    const label = `${pathTo(state.zoom || "").map(([, name]) => name).pop() || "全部年份"}，${places.length}篇`;
    return draw("svg", { viewBox: `0 0 ${WIDTH} ${BASE + 26}`, class: "da-histogram", role: "group", "aria-label": label },
      draw("g", { class: "da-windows" }, ...stays(state, columns).flatMap((stay) => band(stay, range, scale))),
      draw("path", { d: `M0 ${BASE}H${WIDTH}`, class: "da-axis" }),
      levels(top),
      stops(draw("g", {}, ...cuts.flatMap((cut, number) => bar(cut, counts[number], top, range, scale, state)))),
      draw("g", {}, ...ticks(range).flatMap((tick) => mark(tick, range, scale, state))));
  }

  /** The bars are one stop for the Tab key, the latest of them; arrows lead from one to the next. */
  function stops(bars) {
    for (const one of bars.children) one.setAttribute("tabindex", one === bars.lastChild ? 0 : -1);
    bars.addEventListener("keydown", (event) => {
      const next = { ArrowLeft: "previousSibling", ArrowRight: "nextSibling" }[event.key];
      if (!next) return;
      event.preventDefault();
      document.activeElement[next]?.focus();
    });
    return bars;
  }

  function levels(top) {
    const lines = [...new Set([Math.floor(top / 2), top])].flatMap((count) => {
      const y = BASE - count / top * HEIGHT;
      return [draw("path", { d: `M0 ${y}H${WIDTH}`, class: "da-level" }), draw("text", { x: 2, y: y - 3 }, `${count}篇`)];
    });
    return draw("g", { class: "da-levels" }, ...lines);
  }

  function band(stay, range, scale) {
    if (stay.last < range.first || stay.first > range.last) return [];
    const x = Math.max(0, stay.first - range.first) * scale;
    const width = (Math.min(stay.last, range.last) + 1 - Math.max(stay.first, range.first)) * scale;
    const title = draw("title", {}, `${stay.label}：${stay.from} 至 ${stay.to} 在现场`);
    return [draw("a", { href: stay.address, tabindex: -1 }, title, draw("rect", { x, y: 8, width: Math.max(1.5, width), height: BASE - 8 }))];
  }

  function bar(cut, kinds, top, range, scale, state) {
    const total = kinds.reduce((sum, count) => sum + count, 0);
    if (!total) return [];
    const width = Math.min(cut.days * scale, 60);
    const x = (cut.first - range.first + cut.days / 2) * scale - width / 2;
    let y = BASE;
    const stack = kinds.flatMap((count, kind) => {
      if (!count) return [];
      const height = count * HEIGHT / top;
      y -= height;
      return [draw("rect", { x: x + width * 0.1, y, width: Math.max(1, width * 0.8), height, class: `da-k${kind}` })];
    });
    const name = `${cut.name}：${total}篇`;
    return [draw("a", { href: `#${writeState({ ...state, zoom: cut.zoom })}`, "aria-label": name }, draw("title", {}, name), ...stack)];
  }

  function mark(tick, range, scale, state) {
    const x = (tick.first - range.first + tick.days / 2) * scale;
    const text = draw("text", { x, y: BASE + 20, "text-anchor": "middle" }, tick.label);
    if (range.first === range.last) return [draw("g", { class: "da-years" }, text)];
    return [draw("a", { href: `#${writeState({ ...state, zoom: tick.zoom })}`, class: "da-years", tabindex: -1 }, text)];
  }

  // ------------------------------------------------------------- choices

  function option([value, text], chosen) {
    return make("option", { value, selected: value === chosen }, text);
  }

  function chooser(label, name, options, state) {
    const select = make("select", { name }, option(["", label], state[name]), ...options);
    select.setAttribute("aria-label", label);
    select.addEventListener("change", () => go({ [name]: select.value }));
    return select;
  }

  /** Batches below their rounds; a round as a whole can be chosen too. */
  function batchOptions(state) {
    const used = new Set(columns.batch);
    const groups = new Map();
    columns.batches.forEach(([id, label], at) => {
      if (used.has(at)) groups.set(id.slice(0, 2), [...(groups.get(id.slice(0, 2)) || []), [id, label]]);
    });
    return [...groups].map(([round, rows]) => {
      const name = round === "R0" ? "试点" : `第${"〇一二三四五六七八九"[round[1]]}轮`;
      const all = rows.length > 1 ? [option([round, `${name}各批`], state.batch)] : [];
      return make("optgroup", { label: name }, ...all, ...rows.map((row) => option(row, state.batch)));
    });
  }

  function nameBox(state) {
    const input = make("input", { type: "search", name: "official", value: state.official || "", placeholder: "官员姓名" });
    input.setAttribute("aria-label", "官员姓名");
    input.addEventListener("change", () => go({ official: input.value.trim() }));
    return input;
  }

  /** The way out of a zoom, and to the stretches beside it. */
  function path(state) {
    const zoom = state.zoom || "";
    const link = (to, text, label) => {
      const found = make("a", { href: `#${writeState({ ...state, zoom: to })}` }, text);
      if (label) found.setAttribute("aria-label", label);
      if (to === zoom) found.setAttribute("aria-current", "true");
      return found;
    };
    const nav = make("nav", { className: "da-kicker" }, ...[["", "全部年份"], ...pathTo(zoom)].map(([to, text]) => link(to, text)));
    nav.setAttribute("aria-label", "时间范围");
    if (!zoom) return [nav];
    const beyond = make("span", { className: "da-between" }, link(beside(zoom, -1), "‹ 之前", "之前一段"), link(beside(zoom, 1), "之后 ›", "之后一段"));
    return [nav, beyond];
  }

  function controls(state, count) {
    const used = (column) => new Set(columns[column].flat());
    const [provinces, kinds, stages] = [used("province"), new Set(columns.kind), new Set(columns.stage)];
    const named = (names, isUsed, chosen) => names.flatMap((name, at) => (isUsed(at) ? [option([name, name], chosen)] : []));
    const total = make("span", { className: "da-count" }, `${count}篇`);
    total.setAttribute("aria-live", "polite");
    const clear = make("a", { href: `#${writeState({ zoom: state.zoom })}`, hidden: !Object.keys(state).some((name) => name !== "zoom") }, "清除筛选");
    return [make("div", { className: "da-choose" },
      chooser("全部省份", "province", named(columns.provinces, (at) => provinces.has(at), state.province), state),
      chooser("全部轮次", "batch", batchOptions(state), state),
      chooser("全部种类", "kind", named(columns.kinds, (at) => kinds.has(String(at)), state.kind), state),
      chooser("全部阶段", "stage", named(columns.stages, (at) => stages.has(String(at)), state.stage), state),
      nameBox(state), clear, total), make("div", { className: "da-path" }, ...path(state))];
  }

  // ---------------------------------------------------------------- list

  /** An official's articles as a set of places; a name that nobody has stands for all that contain it. */
  async function placesOf(name) {
    const people = await data("people", "people", {});
    name = window.Archive?.simplified?.(name) ?? name;
    const names = people[name] ? [name] : Object.keys(people).filter((other) => other.includes(name));
    return new Set(names.flatMap((one) => {
      let at = 0;
      return people[one].map((step) => (at += step));
    }));
  }

  /** Where the articles of each year begin. */
  function firstOfYears() {
    const found = new Map();
    columns.day.forEach((day, at) => {
      const year = dateOf(day).getUTCFullYear();
      if (!found.has(year)) found.set(year, at);
    });
    return found;
  }

  async function list(places, box, shown = MORE) {
    const before = firstOfYears();
    const rows = await Promise.all(places.slice(0, shown).map(async (at) => {
      const year = dateOf(columns.day[at]).getUTCFullYear();
      const titles = await data(`titles-${year}`, `titles-${year}`, []);
      return titles[at - before.get(year)];
    }));
    box.replaceChildren(make("ul", { className: "da-rows" }, ...rows.filter(Boolean).map(row)));
    if (places.length > shown) {
      box.append(make("button", { type: "button", className: "da-more-button", onclick: () => more(places, box, shown) }, `再看${Math.min(MORE, places.length - shown)}篇`));
    }
  }

  async function more(places, box, shown) {
    await list(places, box, shown + MORE);
    box.querySelectorAll(".da-row a")[shown]?.focus();
  }

  function row([id, title, day, facts]) {
    const folder = /^\d{4}/.test(id) ? id.slice(0, 4) : "undated";
    return make("li", { className: "da-row" }, make("time", {}, day),
      make("a", { href: `articles/${folder}/${id}.html` }, title), make("span", { className: "da-row-facts" }, facts));
  }

  /** What is said where nothing is found: a gap invites an article. */
  function nothing() {
    return make("p", { className: "da-note" }, "尚无这样的文章。", make("a", { href: "contribute.html" }, "补一篇"));
  }

  /** Draws, and gives the focus back: to the same control, or to what tells where the reader now is. */
  function keepingFocus(redraw) {
    const was = document.activeElement;
    redraw();
    if (was.isConnected) return;
    const label = was.getAttribute("aria-label");
    const same = [...document.querySelectorAll("#timeline-filters :is(select, input, a)")]
      .find((node) => (was.name ? node.name === was.name : label && node.getAttribute("aria-label") === label));
    (same ?? document.querySelector(".da-path [aria-current]"))?.focus({ preventScroll: true });
  }

  let turn = 0;
  async function show() {
    const mine = ++turn;
    const state = readState(location.hash);
    const range = rangeOf(state.zoom || "", columns);
    const named = state.official ? await placesOf(state.official) : null;
    if (mine !== turn) return;
    const places = matching(state, columns, range, named);
    const isPlain = !writeState(state);
    document.querySelector(".da-years-list").hidden = !isPlain;
    keepingFocus(() => {
      document.querySelector(".da-drawing").replaceChildren(histogram(state, places, range));
      document.getElementById("timeline-filters").replaceChildren(...controls(state, places.length));
    });
    const box = make("div", {});
    document.getElementById("timeline-app").replaceChildren(...(isPlain ? [] : [places.length ? box : nothing()]));
    if (!isPlain) await list(places, box);
  }

  if (typeof document !== "undefined" && document.getElementById("timeline-app")) {
    document.head.append(make("script", { src: "timeline/columns.js" }));
    addEventListener("hashchange", show);
  }
  return {
    columns: (found) => { columns = found; show(); },
    people: (found) => waiting.get("people").done(found),
    titles: ([year, rows]) => waiting.get(`titles-${year}`).done(rows),
  };
})();
