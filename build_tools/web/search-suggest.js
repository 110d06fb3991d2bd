// What a reader may mean: names, places and rounds that begin as typed, in characters, pinyin or initials, and articles
// whose title has it; where nothing is found, names and phrases that differ by one character.
"use strict";
(() => {
  const Archive = window.Archive;
  const KINDS = { official: "官员", province: "省份", city: "市州", source: "来源", round: "轮次", article: "文章" };
  const MOST = 8;
  const WAIT = 120;
  const MOST_ARTICLES = 3;
  const LONGEST_NEAR = 12;

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
      const [value, kind, full, initials, count, key] = line.split("\t");
      return { value, kind, full, initials, count: Number(count), key };
    });
  }

  const plainly = (text) => text.trim().toLowerCase().replace(/['’“”"\s]/g, "").slice(0, 40);

  // The file that has what begins like a text, by the letter that its first character is read with.
  async function rowsNear(typed) {
    if (!typed || /^[a-z]$/.test(typed)) return [];
    const pairs = [...(await Archive.index.data("s/letters")).text];
    const first = [...typed][0];
    let letter = /[a-z]/.test(first) ? first : null;
    for (let i = 0; i < pairs.length && !letter; i += 2) if (pairs[i] === first) letter = pairs[i + 1];
    if (!letter || !pairs.some((c, i) => i % 2 && c === letter)) return [];
    return rowsOf(letter);
  }

  const once = (rows) => rows.filter(({ value }, i) => rows.findIndex((row) => row.value === value) === i);

  // What a reader may mean; nothing where no name, place or round fits.
  async function suggest(text) {
    const typed = plainly(text);
    return once(fitting(await rowsNear(typed), typed)).slice(0, MOST);
  }

  // The first articles that have a text, those with it in the title before others. For pages that have the search at hand.
  async function articles(text) {
    if ([...text.trim()].length < 2) return [];
    const { hits } = await Archive.find(text, { related: false });
    const few = await Promise.all(hits.slice(0, MOST_ARTICLES).map(({ article }) => Archive.index.listed(article)));
    return few.map(({ id, title, date }) => ({ value: title, kind: "article", count: date.slice(0, 4), key: id }));
  }

  // Whether one character put in, left out, taken for another or changed with its neighbour makes one of the other.
  function nearlyAlike(a, b) {
    const [x, y] = [[...a], [...b]];
    let from = 0;
    while (from < x.length && from < y.length && x[from] === y[from]) from++;
    const rest = (row, skip) => row.slice(from + skip).join("");
    return rest(x, 1) === rest(y, 1) || rest(x, 1) === rest(y, 0) || rest(x, 0) === rest(y, 1)
      || (x[from] === y[from + 1] && x[from + 1] === y[from] && rest(x, 2) === rest(y, 2));
  }

  // The text without one of its characters, with two of them changed, with a synonym.
  function* variants(text, synonyms) {
    for (const group of synonyms)
      for (const term of group) if (text.includes(term)) for (const other of group) if (other !== term) yield text.replace(term, () => other);
    const characters = [...text];
    for (let i = 0; i < characters.length; i++) yield [...characters.slice(0, i), ...characters.slice(i + 1)].join("");
    for (let i = 0; i + 1 < characters.length; i++)
      yield [...characters.slice(0, i), characters[i + 1], characters[i], ...characters.slice(i + 2)].join("");
  }

  // Names that nearly are what was typed, and phrases that the archive has; as `{ value, count }`, most frequent first.
  async function near(text) {
    const typed = plainly(text);
    const size = [...typed].length;
    if (size < 3 || size > LONGEST_NEAR || /[\s-]/.test(text.trim())) return [];
    const latin = /^[a-z]+$/.test(typed);
    const names = once((await rowsNear(typed)).filter(({ value, full }) => nearlyAlike(typed, latin ? full : value)));
    if (latin) return names.slice(0, MOST);
    const { synonyms } = await Archive.index.open();
    const foldCharacter = await Archive.foldingFor(text);
    const found = new Map(names.map(({ value, count }) => [value, count]));
    for (const value of new Set(variants(Archive.text.fold(text, foldCharacter), synonyms))) {
      if (found.has(value) || [...value].length < 2) continue;
      const { list } = await Archive.exact.articlesWith({ text: value }, foldCharacter, null);
      if (list.length) found.set(value, list.length);
      await Archive.breathe();
    }
    // What keeps more of the text is nearer than what is more frequent.
    return [...found].map(([value, count]) => ({ value, count }))
      .sort((a, b) => (b.value.length >= text.length) - (a.value.length >= text.length) || b.count - a.count).slice(0, 5);
  }

  // Suggestions below a box: arrows choose, Enter takes, Escape closes; composing is left alone. `find` gives the rows.
  function offer(input, take, find = suggest) {
    const list = document.createElement("ul");
    list.className = "da-suggestions";
    list.hidden = true;
    list.id = `suggestions-${document.querySelectorAll(".da-suggestions").length}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "建议");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");
    (input.closest("form") ?? input.parentElement).append(list);
    let timer = 0;
    let turn = 0;
    let chosen = -1;
    let rows = [];
    const look = async () => {
      const mine = ++turn;
      const found = await find(input.value).catch(() => []);
      // Another key may have been pressed, or the box left.
      if (mine === turn && document.activeElement === input) show(found);
    };
    const show = (found) => {
      rows = found.filter(({ value }) => value !== input.value.trim());
      chosen = -1;
      list.replaceChildren(...rows.map((row, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.setAttribute("role", "option");
        const kind = document.createElement("small");
        kind.textContent = `${KINDS[row.kind]} ${row.count}`;
        const name = document.createElement("span");
        name.textContent = row.value;
        item.append(name, kind);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(i); });
        return item;
      }));
      list.hidden = !rows.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };
    const pick = (i) => {
      const row = rows[i];
      show([]);
      take(row);
    };
    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(look, WAIT);
    });
    input.addEventListener("blur", () => show([]));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "Escape") show([]);
      else if (event.key === "Enter" && chosen >= 0) pick(chosen);
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows.length) {
        chosen = (chosen + (event.key === "ArrowDown" ? 1 : rows.length)) % rows.length;
        [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
        input.setAttribute("aria-activedescendant", list.children[chosen].id);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  Object.assign(Archive, { suggest, articles, near, offer });
})();
