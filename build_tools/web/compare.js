// Two provinces side by side: months, batches and stages, drawn from the timeline's columns.
"use strict";

const Timeline = (() => {
  const MONTHS = 12;
  const DAY = 86400000;

  // ---------------------------------------------------------------- pure

  /** What one province has: articles by month, by batch and by stage. */
  function portrait(columns, province) {
    const found = { total: 0, months: new Map(), batches: new Map(), stages: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    columns.day.forEach((day, at) => {
      if (!columns.province[at].includes(province)) return;
      const date = new Date(day * DAY);
      found.total++;
      add(found.months, date.getUTCFullYear() * MONTHS + date.getUTCMonth());
      if (columns.batch[at] >= 0) add(found.batches, columns.batch[at]);
      add(found.stages, Number(columns.stage[at]));
    });
    return found;
  }

  // ----------------------------------------------------------------- DOM

  function make(name, properties, ...children) {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  }

  function bars(portraits, own) {
    const months = portraits.flatMap((one) => [...one.months.keys()]);
    const [first, last] = [Math.min(...months), Math.max(...months)];
    const top = Math.max(5, ...portraits.flatMap((one) => [...one.months.values()]));
    const step = 480 / (last - first + 1);
    const path = [...own.months].map(([month, count]) => `M${(month - first + 0.5) * step} 40v-${Math.max(2, count * 38 / top)}`);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [key, value] of Object.entries({ viewBox: "0 0 480 41", preserveAspectRatio: "none", class: "da-spark", role: "img", "aria-label": `各月文章数，共${own.total}篇` })) svg.setAttribute(key, value);
    for (const [d, name, width] of [["M0 40.5H480", "da-axis", 1], [path.join(""), "da-spark-bars", Math.min(6, Math.max(1.2, step * 0.7))]]) {
      const line = document.createElementNS(svg.namespaceURI, "path");
      line.setAttribute("d", d);
      line.setAttribute("class", name);
      line.setAttribute("stroke-width", width);
      svg.append(line);
    }
    return svg;
  }

  function table(columns, pair, portraits) {
    const row = (head, cells) => make("tr", {}, Object.assign(make("th", {}, head), { scope: "row" }), ...cells.map((cell) => make("td", {}, cell)));
    const batches = columns.batches.flatMap(([, label, address], at) => {
      if (!pair.some((province) => columns.targets[at].includes(province))) return [];
      const cells = pair.map((province, side) => {
        const count = portraits[side].batches.get(at);
        if (count) return `${count}篇`;
        return columns.targets[at].includes(province) ? make("span", { className: "da-gap" }, "尚无文章") : "—";
      });
      return [row(make("a", { href: address }, label), cells)];
    });
    const stages = columns.stages.flatMap((name, at) => {
      const counts = portraits.map((one) => one.stages.get(at) || 0);
      return counts.some(Boolean) ? [row(name, counts.map((count) => `${count}篇`))] : [];
    });
    return make("table", { className: "da-table" }, make("tbody", {}, ...batches, ...stages));
  }

  function show(columns) {
    const app = document.getElementById("compare-app");
    const state = new URLSearchParams(location.hash.slice(1));
    const pair = ["a", "b"].map((side) => columns.provinces.indexOf(state.get(side)));
    const choose = ["a", "b"].map((side, at) => {
      const select = make("select", { name: side }, make("option", { value: "" }, "选一个地区"), ...columns.provinces.map((name, number) => make("option", { value: name, selected: number === pair[at] }, name)));
      select.setAttribute("aria-label", at ? "与之比较的地区" : "要比较的地区");
      select.addEventListener("change", () => { state.set(side, select.value); location.hash = state; });
      return select;
    });
    const inFocus = document.activeElement.name;
    app.replaceChildren(make("div", { className: "da-choose" }, choose[0], "与", choose[1]));
    choose.find((select) => select.name === inFocus)?.focus({ preventScroll: true });
    if (pair.some((province) => province < 0)) return;
    const portraits = pair.map((province) => portrait(columns, province));
    const head = pair.map((province, side) => make("div", {},
      make("h3", {}, make("a", { href: columns.pages[province] }, columns.provinces[province]), ` ${portraits[side].total}篇`),
      portraits[side].total ? bars(portraits, portraits[side]) : make("p", { className: "da-note" }, "尚无文章")));
    app.append(make("div", { className: "da-pair" }, ...head), table(columns, pair, portraits), make("p", { className: "da-note" }, "“—”：这一批没有督察该地。"));
  }

  if (typeof document !== "undefined" && document.getElementById("compare-app")) {
    document.head.append(Object.assign(document.createElement("script"), { src: "timeline/columns.js" }));
  }
  return {
    columns: (data) => { show(data); addEventListener("hashchange", () => show(data)); },
    portrait,
  };
})();
