// The page as it was found beside the text as published, paragraph by paragraph, every difference coloured on both sides.
// The two are compared here, in the reader's browser: nothing is taken from what the tools say they did.
"use strict";
(() => {
  const Archive = (window.Archive ??= {});
  const LARGEST = 4e6;
  const SEED = 4;

  // ---------------------------------------------------------------- pure

  /** Pairs [a, b] of places with the same character, rising on both sides, in two arrays of folded characters. */
  function aligned(raw, clean) {
    const pairs = [];
    fill(raw, clean, 0, raw.length, 0, clean.length, SEED, pairs);
    return pairs;
  }

  function fill(raw, clean, a, b, c, d, size, pairs) {
    while (a < b && c < d && raw[a] === clean[c]) pairs.push([a++, c++]);
    const tail = [];
    while (a < b && c < d && raw[b - 1] === clean[d - 1]) tail.push([--b, --d]);
    if (a < b && c < d) {
      if ((b - a) * (d - c) <= LARGEST / 16) common(raw, clean, a, b, c, d, pairs);
      else {
        const found = size ? anchors(raw, clean, a, b, c, d, size) : [];
        if (!found.length && size > 1) fill(raw, clean, a, b, c, d, size - 1, pairs);
        else if (!found.length && (b - a) * (d - c) <= LARGEST) common(raw, clean, a, b, c, d, pairs);
        for (const [x, y] of found.length ? found : []) {
          fill(raw, clean, a, x, c, y, size, pairs);
          [a, c] = [x, y];
        }
        if (found.length) fill(raw, clean, a, b, c, d, size, pairs);
      }
    }
    pairs.push(...tail.reverse());
  }

  /** Strings of `size` characters that stand once on each side, in the longest order that both sides share. */
  function anchors(raw, clean, a, b, c, d, size) {
    const once = (text, from, to) => {
      const places = new Map();
      for (let at = from; at + size <= to; at++) {
        const key = text.slice(at, at + size).join("");
        places.set(key, places.has(key) ? -1 : at);
      }
      return places;
    };
    const there = once(clean, c, d);
    const both = [];
    for (const [key, at] of once(raw, a, b)) if (at >= 0 && (there.get(key) ?? -1) >= 0) both.push([at, there.get(key)]);
    return rising(both.sort((one, other) => one[0] - other[0]));
  }

  function rising(pairs) {
    const ends = [];
    const before = [];
    for (let i = 0; i < pairs.length; i++) {
      let low = 0;
      let high = ends.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pairs[ends[middle]][1] < pairs[i][1]) low = middle + 1;
        else high = middle;
      }
      before[i] = low ? ends[low - 1] : -1;
      ends[low] = i;
    }
    const out = [];
    for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]) out.unshift(pairs[i]);
    return out;
  }

  /** The longest common subsequence of two short stretches. */
  function common(raw, clean, a, b, c, d, pairs) {
    const width = d - c + 1;
    const best = new Uint16Array((b - a + 1) * width);
    for (let i = b - a - 1; i >= 0; i--)
      for (let j = d - c - 1; j >= 0; j--)
        best[i * width + j] = raw[a + i] === clean[c + j]
          ? best[(i + 1) * width + j + 1] + 1
          : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    for (let i = 0, j = 0; i < b - a && j < d - c;) {
      if (raw[a + i] === clean[c + j]) pairs.push([a + i++, c + j++]);
      else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
      else j++;
    }
  }

  /** Rows of [raw pieces, clean pieces]; a piece is [text, kind], kind one of "", "form", "gone", "come". */
  function rows(raw, blocks, simple) {
    const before = Array.from(raw);
    const after = Array.from(blocks.join("\n"));
    const folded = (text) => text.map((character) => simple(character.normalize("NFKC")));
    const mate = new Map(aligned(folded(before), folded(after)).map(([x, y]) => [y, x]));
    const out = [];
    let [x, y] = [0, 0];
    for (const block of blocks) {
      const end = y + Array.from(block).length;
      const matched = [];
      for (let at = y; at < end; at++) if (mate.has(at)) matched.push(mate.get(at));
      if (matched.length && before.slice(x, matched[0]).some((character) => character.trim())) {
        // What stood before a paragraph on its own lines is no part of it.
        const line = before.lastIndexOf("\n", matched[0]);
        if (line > x) { out.push([[[before.slice(x, line).join("").trim(), "gone"]], []]); x = line; }
      }
      let upto = matched.length ? matched.at(-1) + 1 : x;
      while (upto < before.length && matched.length && before[upto] !== "\n") upto++;
      out.push(pieces(before, after, x, upto, y, end, mate));
      [x, y] = [upto, end + 1];
    }
    const rest = before.slice(x).join("").trim();
    if (rest) out.push([[[rest, "gone"]], []]);
    return out;
  }

  function pieces(before, after, x, upto, y, end, mate) {
    const [left, right] = [[], []];
    const add = (side, text, kind) => {
      if (!text) return;
      if (side.length && side.at(-1)[1] === kind) side.at(-1)[0] += text;
      else side.push([text, kind]);
    };
    for (; y < end; y++) {
      const at = mate.get(y);
      if (at === undefined) { add(right, after[y], "come"); continue; }
      add(left, before.slice(x, at).join(""), "gone");
      const kind = before[at] === after[y] ? "" : "form";
      add(left, before[at], kind);
      add(right, after[y], kind);
      x = at + 1;
    }
    add(left, before.slice(x, upto).join(""), "gone");
    if (left.length) left[0][0] = left[0][0].replace(/^\s*\n/u, "");
    return [left, right];
  }

  // ----------------------------------------------------------------- DOM

  const KINDS = [["gone", "del", "原件有而删去或改去"], ["come", "ins", "整理时改成或补入"], ["form", "span", "繁简、全半角不同"]];

  function cell(parts, name) {
    const made = document.createElement("div");
    made.className = name;
    for (const [text, kind] of parts) {
      if (!kind || !text.trim()) { made.append(text); continue; }
      const node = document.createElement(KINDS.find(([own]) => own === kind)[1]);
      node.className = `da-${kind}`;
      node.textContent = text;
      made.append(node);
    }
    return made;
  }

  function legend(found) {
    const line = document.createElement("p");
    line.className = "da-note";
    for (const [kind, tag, words] of KINDS) {
      const count = found.flat(2).filter(([text, own]) => own === kind && text.trim()).length;
      const sample = document.createElement(tag);
      sample.className = `da-${kind}`;
      sample.textContent = words;
      line.append(sample, ` ${count}处\u3000`);
    }
    return line;
  }

  Archive.beside = (details, raw) => {
    const article = details.closest(".da-article");
    const heads = [...article.querySelectorAll("header h1, header .da-subtitle")];
    const blocks = [...heads, ...article.querySelectorAll(".da-text p")].map(Archive.published);
    // A title that the archive supplied stands in ［］ and was never on the page.
    const found = rows(raw, blocks.filter((block) => block && !/^［.*］$/u.test(block)), Archive.simplifier);
    const table = document.createElement("div");
    table.className = "da-sides";
    table.append(...["原件", "整理稿"].map((name) => Object.assign(document.createElement("h3"), { textContent: name })));
    for (const [left, right] of found) table.append(cell(left, "da-found"), cell(right, "da-clean"));
    details.append(legend(found), table);
  };
  Archive.besideRows = rows;
})();
