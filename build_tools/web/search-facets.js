// Filters beside the results: each value with its number of articles.
"use strict";
(() => {
  const Archive = window.Archive;
  const { FACETS, label, countValues } = Archive.page;
  const { el, problem, refocus } = Archive.view;
  const SHOWN_VALUES = 8;
  const MOST_VALUES = 200;

  // The panel's boxes for some hits; `filters` are those in force, `set` and `toggle` change them.
  // A value list is filled once, when its box first stands open: its file is not asked for before.
  function boxes(hits, filters, { set, toggle }) {
    const found = new Set(hits.map((hit) => hit.article));
    for (const [key, , shown] of FACETS) if (!seen.has(key) && (shown || filters[key])) open.add(key);
    return [Archive.dates.box(found, filters, set), ...FACETS.map(([key, name]) => box(key, name, found, filters, toggle))];
  }

  // Which boxes the reader left open, and which of them the reader has touched.
  const open = new Set();
  const seen = new Set();

  function box(key, name, found, filters, toggle) {
    const list = el("ul", {});
    const summary = el("summary", {}, name);
    const details = el("details", { open: open.has(key), "data-facet": key }, summary, list);
    let filled = null;
    const fill = () => (filled ??= facetOf(key).then(async (facet) => (await Archive.breathe(), facet))
      .then((facet) => list.append(...valueRows(key, countValues(facet, found), filters, toggle)))
      .then(() => refocus(list))
      .catch((error) => list.append(el("li", {}, problem(error)))));
    summary.addEventListener("click", () => seen.add(key));
    // Comes for a box that is open from the start as well.
    details.addEventListener("toggle", () => {
      open[details.open ? "add" : "delete"](key);
      if (details.open) fill();
    });
    return details;
  }

  async function facetOf(key) {
    if (key !== "official") return Archive.index.facet(key);
    const { officials } = await Archive.index.open();
    const parts = await Promise.all(officials.map((_, i) => Archive.index.facet(`official-${i}`)));
    return parts.flatMap((part) => [...part]);
  }

  function valueRows(key, counts, filters, toggle) {
    const chosen = new Set([filters[key] ?? []].flat());
    const item = ([value, count]) => el("li", {}, el("button", {
      type: "button", "aria-pressed": String(chosen.has(value)), "data-again": `${key} ${value}`, onclick: () => toggle(key, value),
    }, el("span", {}, label(key, value)), el("small", {}, String(count))));
    const rows = counts.slice(0, SHOWN_VALUES).map(item);
    if (counts.length > SHOWN_VALUES)
      rows.push(el("li", {}, el("button", { type: "button", class: "da-rest", onclick: (event) => {
        const rest = counts.slice(SHOWN_VALUES, MOST_VALUES).map(item);
        event.currentTarget.parentElement.replaceWith(...rest);
        rest[0].firstChild.focus();
      } }, `其余 ${counts.length - SHOWN_VALUES} 项`)));
    return rows.length ? rows : [el("li", {}, "—")];
  }

  Archive.facets = { boxes };
})();
