// Names and places that begin as the reader does, in characters, pinyin or initials.
"use strict";
(() => {
  const Archive = window.Archive;
  const KINDS = { official: "官员", province: "省份", city: "市州", source: "来源" };
  const MOST = 8;
  const WAIT = 120;

  // The rows that fit what was typed, best first; a row that begins with it goes before one that holds it.
  function fitting(rows, typed) {
    const latin = /^[a-z]+$/.test(typed);
    const rank = ({ value, full, initials }) => {
      if (!latin) return value.startsWith(typed) ? 0 : -1;
      if (full === typed || initials === typed) return 0;
      return full.startsWith(typed) ? 1 : initials.startsWith(typed) ? 2 : -1;
    };
    return rows.map((row) => [rank(row), row]).filter(([place]) => place >= 0)
      .sort((a, b) => a[0] - b[0] || b[1].count - a[1].count).map(([, row]) => row);
  }

  async function rowsOf(letter) {
    const { text } = await Archive.index.data(`s/${letter}`);
    return text.split("\n").map((line) => {
      const [value, kind, full, initials, count] = line.split("\t");
      return { value, kind, full, initials, count: Number(count) };
    });
  }

  // What a reader may mean; nothing where no name or place fits.
  async function suggest(text) {
    const typed = text.trim().toLowerCase().replace(/['’\s]/g, "").slice(0, 40);
    if (!typed || (/^[a-z]$/.test(typed))) return [];
    const { text: letters } = await Archive.index.data("s/letters");
    const pairs = [...letters];
    const first = [...typed][0];
    let letter = /[a-z]/.test(first) ? first : null;
    for (let i = 0; i < pairs.length && !letter; i += 2) if (pairs[i] === first) letter = pairs[i + 1];
    if (!letter || !pairs.some((c, i) => i % 2 && c === letter)) return [];
    const seen = new Set();
    return fitting(await rowsOf(letter), typed).filter(({ value }) => !seen.has(value) && seen.add(value)).slice(0, MOST);
  }

  // Suggestions below a box: arrows choose, Enter takes, Escape closes; composing is left alone.
  function offer(input, take) {
    const list = document.createElement("ul");
    list.className = "da-suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");
    (input.closest("form") ?? input.parentElement).append(list);
    let timer = 0;
    let chosen = -1;
    let rows = [];
    const show = (found) => {
      rows = found.filter(({ value }) => value !== input.value.trim());
      chosen = -1;
      list.replaceChildren(...rows.map((row, i) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        const kind = document.createElement("small");
        kind.textContent = `${KINDS[row.kind]} ${row.count}`;
        item.append(row.value, kind);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(i); });
        return item;
      }));
      list.hidden = !rows.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const pick = (i) => {
      const row = rows[i];
      show([]);
      take(row);
    };
    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(() => suggest(input.value).then(show, () => show([])), WAIT);
    });
    input.addEventListener("blur", () => show([]));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "Escape") show([]);
      else if (event.key === "Enter" && chosen >= 0) pick(chosen);
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows.length) {
        chosen = (chosen + (event.key === "ArrowDown" ? 1 : rows.length)) % rows.length;
        [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  Object.assign(Archive, { suggest, offer });
})();
