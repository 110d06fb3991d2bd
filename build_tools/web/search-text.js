// Text as search compares it: folding, the parts of a query, and the piece of a text that shows a match.
// Pure functions; `build_tools/site/search/fold.py` is their other half, `tests/contract` holds them together.
"use strict";
(() => {
  const Archive = (window.Archive ??= {});
  const LATIN = /^[0-9a-z\u00df-\u024f]$/;
  const NOT_TEXT = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}]$/u;
  const WORTH_ASKING = /[\p{L}\p{N}□]/u;
  const LONGEST_QUERY = 2000;
  const MOST_TERMS = 24;

  // What one character becomes: nothing, one character or several.
  function folder(rules) {
    const standard = new Map();
    for (const [first, ...variants] of rules.variants.map((row) => [...row]))
      for (const variant of variants) standard.set(variant, first);
    const known = new Map();
    const plain = (character) => {
      let out = "";
      for (const part of character.normalize("NFKC").toLowerCase()) {
        if (/^\s$/u.test(part)) out += " ";
        else if (!rules.dropped.includes(part) && !NOT_TEXT.test(part)) {
          const usual = standard.get(part) ?? part;
          out += rules.simplified.get(usual) ?? usual;
        }
      }
      return out;
    };
    return (character) => {
      let out = known.get(character);
      if (out === undefined) known.set(character, (out = plain(character)));
      return out;
    };
  }

  // Folded text, and for each of its UTF-16 units the place in the original where its character begins and ends.
  function foldMapped(text, foldCharacter) {
    const parts = [];
    let at = 0;
    for (const character of text) {
      const end = at + character.length;
      for (const part of foldCharacter(character)) parts.push([part, at, end]);
      at = end;
    }
    const kept = [];
    for (let i = 0; i < parts.length; i++) {
      const [part] = parts[i];
      if (part === " ") {
        let next = i;
        while (next < parts.length && parts[next][0] === " ") next++;
        const before = kept.length ? kept[kept.length - 1][0] : "";
        const after = next < parts.length ? parts[next][0] : "";
        if (LATIN.test(before) && LATIN.test(after)) kept.push(parts[i]);
        i = next - 1;
      } else if ((part === "-" || part === ".") && kept.length && kept[kept.length - 1][0] === part) {
        kept[kept.length - 1][2] = parts[i][2];
      } else kept.push(parts[i]);
    }
    const starts = [];
    const ends = [];
    for (const [part, start, end] of kept)
      for (let unit = 0; unit < part.length; unit++) {
        starts.push(start);
        ends.push(end);
      }
    return { text: kept.map(([part]) => part).join(""), starts, ends };
  }

  // The same without the places, which most texts are not asked for.
  function fold(text, foldCharacter) {
    let plain = "";
    for (const character of text) plain += foldCharacter(character);
    const spaced = plain.replace(/ +/g, (spaces, at) => (LATIN.test(plain[at - 1]) && LATIN.test(plain[at + spaces.length]) ? " " : ""));
    return spaced.replace(/([-.])\1+/g, "$1");
  }

  // 甲 "乙 丙" -丁 -> three terms. A quotation mark or a minus says something only at the edge of a term.
  function parseQuery(query) {
    const terms = [];
    const pattern = /(?:^|\s)([-－]?)(?:["＂]([^"＂]+)["＂](?=\s|$)|(\S+))/gu;
    const text = String(query).slice(0, LONGEST_QUERY * 5);
    for (const [, minus, phrase, word] of text.matchAll(pattern)) {
      const body = (phrase ?? word).slice(0, LONGEST_QUERY);
      terms.push({ text: body, exclude: minus !== "" && body !== "", quoted: phrase !== undefined });
      if (terms.length === MOST_TERMS) break;
    }
    return terms.filter((term) => WORTH_ASKING.test(term.text));
  }

  // Where terms stand in a folded text: [start, end] pairs in order, overlaps joined.
  function places(folded, terms, most = 200) {
    const found = [];
    for (const term of terms)
      for (let at = folded.indexOf(term); at >= 0 && found.length < most; at = folded.indexOf(term, at + 1))
        found.push([at, at + term.length]);
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined[joined.length - 1];
      if (last && start < last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  }

  // The stretch of a paragraph that shows most terms, as [text, marked] pieces.
  function snippet(paragraphs, terms, foldCharacter, width = 110) {
    let best = null;
    for (const paragraph of paragraphs) {
      const folded = fold(paragraph, foldCharacter);
      const distinct = terms.filter((term) => folded.includes(term)).length;
      if (!best || distinct > best.distinct) best = { paragraph, distinct };
      if (distinct === terms.length) break;
    }
    if (!best) return [];
    const { paragraph } = best;
    const mapped = foldMapped(paragraph, foldCharacter);
    const marks = places(mapped.text, terms).map(([a, b]) => [mapped.starts[a], mapped.ends[b - 1]]);
    const first = marks.length ? marks[0][0] : 0;
    let from = Math.max(0, Math.min(first - Math.floor(width / 3), paragraph.length - width));
    let to = Math.min(paragraph.length, Math.max(from + width, marks.length ? marks[0][1] + 20 : 0));
    if (/[\udc00-\udfff]/.test(paragraph[from] ?? "")) from--;
    if (/[\udc00-\udfff]/.test(paragraph[to] ?? "")) to++;
    const pieces = from > 0 ? [["…", false]] : [];
    return pieces.concat(marked(paragraph.slice(from, to), marks.map(([a, b]) => [a - from, b - from])),
      to < paragraph.length ? [["…", false]] : []);
  }

  // A text cut at its marks.
  function marked(text, marks) {
    const pieces = [];
    let at = 0;
    for (const [start, end] of marks) {
      const a = Math.max(at, start);
      const b = Math.min(text.length, end);
      if (b <= a) continue;
      if (a > at) pieces.push([text.slice(at, a), false]);
      pieces.push([text.slice(a, b), true]);
      at = b;
    }
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  }

  Archive.text = { folder, foldMapped, fold, parseQuery, places, snippet, marked };
})();
