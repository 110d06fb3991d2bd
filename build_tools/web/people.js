// The box that finds a person by name, place, title or pinyin; the list of names is asked for when the box is used.
"use strict";

const People = (() => {
  const MOST = 60;
  let names = null;
  let arrived = null;

  const make = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  function load(app) {
    return (names ||= new Promise((done) => {
      arrived = done;
      document.head.append(make("script", { src: app.dataset.names, onerror: () => done([]) }));
    }));
  }

  /** People in whose line every word stands: a name first, then pinyin, place or title; in the order of the index. */
  function found(lines, query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length ? lines.filter((line) => words.every((word) => line.toLowerCase().includes(word))) : [];
  }

  function entry(line) {
    const [name, place, title, count, page] = line.split("\t");
    return make("li", {}, make("a", { href: `people/${page}.html` }, name), make("span", {}, title || "职务未载"),
      make("small", {}, `${place} ${count}篇`));
  }

  function start(app) {
    const input = make("input", { type: "search", className: "da-filter", placeholder: "姓名、拼音、地区或职务", autocomplete: "off" });
    input.setAttribute("aria-label", "筛选人物：姓名、拼音、地区或职务");
    const status = make("p", { className: "da-note" });
    status.setAttribute("role", "status");
    const list = make("ul", { className: "da-people" });
    const rest = [...document.querySelectorAll("#surnames, .da-surnames, #most, #most + .da-people")];
    async function show() {
      const query = input.value.trim();
      const lines = await load(app);
      if (query !== input.value.trim()) return;
      const hits = found(lines, query);
      list.replaceChildren(...hits.slice(0, MOST).map(entry));
      status.textContent = !query ? "" : hits.length > MOST ? `${hits.length}人，先列${MOST}人；再打几个字` : `${hits.length}人`;
      for (const part of rest) part.hidden = Boolean(query);
      history.replaceState(null, "", query ? `#${new URLSearchParams({ q: query })}` : location.pathname);
    }
    input.addEventListener("focus", () => load(app), { once: true });
    input.addEventListener("input", show);
    app.append(input, status, list);
    const asked = new URLSearchParams(location.hash.slice(1)).get("q");
    if (asked) { input.value = asked; show(); }
  }

  if (typeof document !== "undefined") {
    const app = document.getElementById("people-app");
    if (app) start(app);
  }
  return { names: (text) => arrived(text ? text.split("\n") : []), found };
})();
