// The timeline: zoom from years to days, filter, and a list that follows. The state lives in the address after #.
// Without this script the page shows the same months as a drawing and the same articles as lists.
"use strict";

const Timeline = (() => {
  const DAY = 86400000;
  const WIDTH = 960;
  const BASE = 168;
  const MORE = 50;

  // ---------------------------------------------------------------- pure

  const dateOf = (day) => new Date(day * DAY);
  const dayOf = (year, month = 0, day = 1) => Date.UTC(year, month, day) / DAY;
  const two = (number) => String(number).padStart(2, "0");

  /** First and last day of a zoom ("", "2017", "2017-08", "2017-08-21"), and how its bars are cut. */
  function rangeOf(zoom, columns) {
    const [year, month, day] = zoom.split("-").map(Number);
    if (day) return { first: dayOf(year, month - 1, day), last: dayOf(year, month - 1, day), unit: "day" };
    if (month) return { first: dayOf(year, month - 1), last: dayOf(year, month) - 1, unit: "day" };
    if (year) return { first: dayOf(year), last: dayOf(year + 1) - 1, unit: "month" };
    const days = columns.day.concat(columns.batches.flatMap((batch) => batch.slice(3).map((date) => Date.parse(date) / DAY)));
    const years = days.map((value) => dateOf(value).getUTCFullYear());
    const [from, to] = years.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [9999, 0]);
    return { first: dayOf(from), last: dayOf(to + 1) - 1, unit: "month" };
  }

  /** Places of the articles that a state lets through, in the archive's order. */
  function matching(state, columns, range, named) {
    const kind = state.kind && String(columns.kinds.indexOf(state.kind));
    const stage = state.stage && String(columns.stages.indexOf(state.stage));
    const province = columns.provinces.indexOf(state.province);
    const batch = columns.batches.findIndex((row) => row[0] === state.batch);
    const found = [];
    for (let at = 0; at < columns.day.length; at++) {
      const day = columns.day[at];
      if (day < range.first || day > range.last) continue;
      if (kind && columns.kind[at] !== kind) continue;
      if (stage && columns.stage[at] !== stage) continue;
      if (state.batch && columns.batch[at] !== batch) continue;
      if (state.province && !columns.province[at].includes(province)) continue;
      if (named && !named.has(at)) continue;
      found.push(at);
    }
    return found;
  }

  /** The bars between two days: first day, days, what they are called, and where a click leads. */
  function bins(range) {
    const found = [];
    for (let day = range.first; day <= range.last;) {
      const date = dateOf(day);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      const next = range.unit === "day" ? day + 1 : dayOf(year, month + 1);
      const zoom = `${year}-${two(month + 1)}${range.unit === "day" ? `-${two(date.getUTCDate())}` : ""}`;
      const name = `${year}年${month + 1}月${range.unit === "day" ? `${date.getUTCDate()}日` : ""}`;
      found.push({ first: day, days: next - day, zoom, name });
      day = next;
    }
    return found;
  }

  /** Counts of articles by bin and kind. */
  function counted(places, columns, cuts) {
    const counts = cuts.map(() => new Array(columns.kinds.length).fill(0));
    const bin = new Map();
    cuts.forEach((cut, number) => { for (let day = cut.first; day < cut.first + cut.days; day++) bin.set(day, number); });
    for (const at of places) counts[bin.get(columns.day[at])][Number(columns.kind[at])]++;
    return counts;
  }

  const readState = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
  const writeState = (state) => new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();

  // ----------------------------------------------------------------- DOM

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

  let columns = null;
  let people = null;
  const titles = new Map();
  const waiting = new Map();

  /** A year's titles, asked for once; the script calls back. */
  function titlesOf(year) {
    if (!waiting.has(year)) {
      waiting.set(year, new Promise((done) => {
        titles.set(year, done);
        document.head.append(make("script", { src: `timeline/titles-${year}.js`, onerror: () => done([]) }));
      }));
    }
    return waiting.get(year);
  }

  function histogram(state, places, range) {
    const cuts = bins(range);
    const counts = counted(places, columns, cuts);
    const top = Math.max(5, ...counts.map((kinds) => kinds.reduce((sum, count) => sum + count, 0)));
    const scale = WIDTH / (range.last - range.first + 1);
    const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${BASE + 26}`, class: "da-histogram", role: "group", "aria-label": `${places.length}篇` });
    svg.append(...windows(range, scale), draw("path", { d: `M0 ${BASE}H${WIDTH}`, class: "da-axis" }));
    cuts.forEach((cut, number) => svg.append(bar(cut, counts[number], top, range, scale, state)));
    svg.append(...ticks(range, scale, state));
    return svg;
  }

  function windows(range, scale) {
    return columns.batches.flatMap(([, label, address, from, to]) => {
      const [first, last] = [Date.parse(from) / DAY, Date.parse(to) / DAY];
      if (!from || last < range.first || first > range.last) return [];
      const x = Math.max(0, first - range.first) * scale;
      const width = (Math.min(last, range.last) + 1 - Math.max(first, range.first)) * scale;
      const band = draw("rect", { x, y: 8, width: Math.max(1.5, width), height: BASE - 8 });
      return [draw("a", { href: address, class: "da-windows", tabindex: -1 }, draw("title", {}, `${label}：${from} 至 ${to} 在现场`), band)];
    });
  }

  function bar(cut, kinds, top, range, scale, state) {
    const total = kinds.reduce((sum, count) => sum + count, 0);
    if (!total) return "";
    const width = cut.days * scale;
    let y = BASE;
    const stack = kinds.flatMap((count, kind) => {
      if (!count) return [];
      const height = count * 150 / top;
      y -= height;
      return [draw("rect", { x: (cut.first - range.first) * scale + width * 0.1, y, width: width * 0.8, height, class: `da-k${kind}` })];
    });
    return draw("a", { href: `#${writeState({ ...state, zoom: cut.zoom })}` }, draw("title", {}, `${cut.name}：${total}篇`), ...stack);
  }

  function ticks(range, scale, state) {
    const days = range.last - range.first;
    const marks = [];
    for (const cut of bins({ ...range, unit: days < 40 ? "day" : "month" })) {
      const isYear = days > 400;
      if (isYear && !cut.zoom.endsWith("-01")) continue;
      const zoom = isYear ? cut.zoom.slice(0, 4) : cut.zoom;
      const label = isYear ? zoom : String(Number(zoom.slice(-2)));
      const x = (cut.first - range.first + (isYear ? 183 : cut.days / 2)) * scale;
      const text = draw("text", { x, y: BASE + 20, "text-anchor": "middle" }, label);
      marks.push(draw("a", { href: `#${writeState({ ...state, zoom })}`, class: "da-years" }, text));
    }
    return marks;
  }

  function chooser(label, name, options, state) {
    const select = make("select", { name });
    select.append(make("option", { value: "" }, label), ...options.map(([value, text]) => make("option", { value, selected: state[name] === value }, text)));
    select.setAttribute("aria-label", label);
    select.addEventListener("change", () => { location.hash = writeState({ ...readState(location.hash), [name]: select.value }); });
    return select;
  }

  /** A person's articles as a set of places; the names are asked for once. */
  async function placesOf(name) {
    people ||= new Promise((done) => {
      waiting.set("people", done);
      document.head.append(make("script", { src: "timeline/people.js", onerror: () => done({}) }));
    });
    let at = 0;
    return new Set(((await people)[name] || []).map((step) => (at += step)));
  }

  function nameBox(state) {
    const input = make("input", { type: "search", value: state.official || "", placeholder: "官员姓名" });
    input.setAttribute("aria-label", "官员姓名");
    input.addEventListener("change", () => { location.hash = writeState({ ...readState(location.hash), official: input.value.trim() }); });
    return input;
  }

  /** Filters, and the way back from a zoom. */
  function controls(state, count) {
    const used = (column) => new Set(columns[column].flatMap ? columns[column].flat() : columns[column]);
    const [provinces, batches] = [used("province"), used("batch")];
    const steps = (state.zoom || "").split("-").filter(Boolean);
    const crumbs = [["", "全部年份"], ...steps.map((_, depth) => {
      const zoom = steps.slice(0, depth + 1).join("-");
      return [zoom, `${Number(steps[depth])}${"年月日"[depth]}`];
    })].map(([zoom, text]) => make("a", { href: `#${writeState({ ...state, zoom })}` }, text));
    const path = make("nav", { className: "da-kicker" }, ...crumbs);
    path.setAttribute("aria-label", "时间范围");
    const total = make("span", { className: "da-count" }, `${count}篇`);
    total.setAttribute("aria-live", "polite");
    return [path, make("div", { className: "da-choose" },
      chooser("全部省份", "province", columns.provinces.filter((_, at) => provinces.has(at)).map((name) => [name, name]), state),
      chooser("全部批次", "batch", columns.batches.filter((_, at) => batches.has(at)).map((row) => [row[0], row[1]]), state),
      chooser("全部种类", "kind", columns.kinds.map((name) => [name, name]), state),
      chooser("全部阶段", "stage", columns.stages.map((name) => [name, name]), state),
      nameBox(state), total)];
  }

  /** The first articles of a selection, newest first; a button shows more. */
  async function list(places, box, shown = MORE) {
    const wanted = places.slice(0, shown);
    const rows = [];
    const before = new Map();
    columns.day.forEach((day, at) => { const year = dateOf(day).getUTCFullYear(); if (!before.has(year)) before.set(year, at); });
    for (const at of wanted) {
      const year = dateOf(columns.day[at]).getUTCFullYear();
      const row = (await titlesOf(year))[at - before.get(year)];
      if (!row) continue;
      const [id, title, day, facts] = row;
      const folder = /^\d{4}/.test(id) ? id.slice(0, 4) : "undated";
      rows.push(make("li", { className: "da-row" }, make("time", {}, day),
        make("a", { href: `articles/${folder}/${id}.html` }, title), make("span", { className: "da-row-facts" }, facts)));
    }
    box.replaceChildren(make("ul", { className: "da-rows" }, ...rows));
    if (places.length > shown) {
      box.append(make("button", { type: "button", className: "da-copy", onclick: () => list(places, box, shown + MORE) }, `再看${MORE}篇`));
    }
  }

  async function show() {
    const state = readState(location.hash);
    const range = rangeOf(state.zoom || "", columns);
    const named = state.official ? await placesOf(state.official) : null;
    const places = matching(state, columns, range, named);
    const app = document.getElementById("timeline-app");
    const isPlain = !writeState(state);
    document.querySelector(".da-scroll").replaceChildren(histogram(state, places, range));
    document.querySelector(".da-years-list").hidden = !isPlain;
    const box = make("div", {});
    app.replaceChildren(...controls(state, places.length), ...(isPlain ? [] : [box]));
    if (!isPlain) await list(places, box);
  }

  function start() {
    if (!document.getElementById("timeline-app")) return;
    document.head.append(make("script", { src: "timeline/columns.js" }));
    addEventListener("hashchange", show);
  }

  if (typeof document !== "undefined") start();
  return {
    columns: (data) => { columns = data; show(); },
    people: (data) => waiting.get("people")(data),
    titles: ([year, rows]) => titles.get(Number(year))(rows),
    rangeOf, matching, bins, counted, readState, writeState,
  };
})();
