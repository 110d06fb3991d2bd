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

  /** A line of the file: what the page shows of a person, and what a reader may type to find them. */
  function person(line) {
    const [name, place, title, count, page, initials] = line.split("\t");
    return { name, place, title, count, page, initials, said: `${name}\n${place}\n${title}`.toLowerCase(), sound: page.replace(/^.*\/|-[^-]*$/g, "") };
  }

  /** People to whom every word belongs: in name, place or title, in the sound of the name, or as its first letters. */
  function found(people, query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ said, sound, initials }, word) =>
      said.includes(word) || initials.startsWith(word) || (word.length > 2 ? sound.includes(word) : sound.startsWith(word));
    return words.length ? people.filter((one) => words.every((word) => fits(one, word))) : [];
  }

  function entry({ name, place, title, count, page }) {
    return make("li", {}, make("a", { href: `people/${page}.html` }, name), make("span", {}, title || "职务未载"),
      make("small", {}, `${place} ${count}篇`));
  }

  function start(app) {
    const input = make("input", { type: "search", className: "da-filter", placeholder: "姓名、拼音或首字母、地区、职务", autocomplete: "off" });
    input.setAttribute("aria-label", "筛选人物：姓名、拼音或首字母、地区、职务");
    const status = make("p", { className: "da-note" });
    status.setAttribute("role", "status");
    const list = make("ul", { className: "da-people" });
    const rest = [...document.querySelectorAll("#surnames, .da-surnames, #most, #most + .da-people")];
    async function show() {
      const query = input.value.trim();
      const people = await load(app);
      if (query !== input.value.trim()) return;
      const hits = found(people, window.Archive?.simplified?.(query) ?? query);
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
  return { names: (text) => arrived(text ? text.split("\n").map(person) : []) };
})();
