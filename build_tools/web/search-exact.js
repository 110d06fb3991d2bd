// The articles that contain a string to the letter.
"use strict";
(() => {
  const Archive = window.Archive;
  const { fold } = Archive.text;
  const { foldingFor } = Archive;
  const LONGEST_STRING = 24;
  const AT_ONCE = 24;
  const FOLDED = 96;

  const intersect = (a, b) => {
    const [small, large] = a.length < b.length ? [a, b] : [b, a];
    const known = new Set(large);
    return small.filter((article) => known.has(article));
  };
  const without = (a, b) => {
    const known = new Set(b);
    return a.filter((article) => !known.has(article));
  };
  const everything = (count) => Uint32Array.from({ length: count }, (_, article) => article);

  // An article's paragraphs folded, as the index saw them.
  const foldedArticle = Archive.index.keeping(FOLDED, async (number) => {
    const article = await Archive.index.article(number);
    const foldCharacter = await foldingFor(article.lines.join(""));
    return article.lines.map((line) => fold(line, foldCharacter)).join("\n");
  });

  async function read(numbers, wanted) {
    const kept = [];
    for (let at = 0; at < numbers.length; at += AT_ONCE) {
      const some = Array.from(numbers.slice(at, at + AT_ONCE));
      const texts = await Promise.all(some.map(foldedArticle));
      some.forEach((number, i) => wanted(texts[i]) && kept.push(number));
    }
    return Uint32Array.from(kept);
  }

  async function recordOf(characters) {
    return (await Archive.index.shardFor(characters)).get(characters.join(""));
  }

  // The longest string with a list that the characters begin with: their shard has all their beginnings.
  async function longestAt(characters) {
    const most = characters.slice(0, LONGEST_STRING);
    const shard = await Archive.index.shardFor(most);
    for (let size = most.length; size >= 2; size--) {
      const record = shard.get(most.slice(0, size).join(""));
      if (record?.places) return { record, size };
    }
    return null;
  }

  // Whether what is known of the pieces already says that each article of the list has the whole string:
  // -1 it cannot occur, 1 it does, 0 unknown. A piece is followed by its tail and preceded by its head everywhere.
  function verdict(characters, pieces) {
    let sure = null;
    const spans = pieces.map(({ at, size, record }) => {
      const span = { at, end: at + size, from: at, to: at + size, record };
      for (const [i, character] of record.tail.entries()) {
        if (span.end + i >= characters.length) break;
        if (characters[span.end + i] !== character) return null;
        span.to = span.end + i + 1;
      }
      for (const [i, character] of record.head.entries()) {
        if (at - 1 - i < 0) break;
        if (characters[at - 1 - i] !== character) return null;
        span.from = at - 1 - i;
      }
      return span;
    });
    if (spans.includes(null)) return { known: -1, list: null };
    for (const start of spans) {
      let { from, to } = start;
      for (let grown = true; grown; ) {
        grown = false;
        for (const span of spans)
          if (span.at >= from && span.end <= to && (span.from < from || span.to > to)) {
            from = Math.min(from, span.from);
            to = Math.max(to, span.to);
            grown = true;
          }
      }
      if (from === 0 && to === characters.length) sure = start.record.list;
    }
    return { known: sure ? 1 : 0, list: sure };
  }

  // Where to look for pieces: first so that they cover the string, then between; spread over a long one.
  function* startsOf(length, covered) {
    const seen = new Set();
    const far = length > 24 ? [0, length >> 1, length - 2] : [];
    for (const at of far) {
      yield at;
      seen.add(at);
    }
    for (let at = 0; at < length - 1; at = Math.max(at + 1, covered() - 1)) {
      if (!seen.has(at)) yield at;
      seen.add(at);
    }
    for (let at = 0; at < Math.min(length, 60) - 1; at++) if (!seen.has(at)) yield at;
  }

  // How many characters of a tail the string repeats.
  function alike(characters, from, tail) {
    let count = 0;
    while (count < tail.length && characters[from + count] === tail[count]) count++;
    return count;
  }

  // Articles that may contain the string, and whether they all do.
  async function candidates(characters, within) {
    const index = await Archive.index.open();
    const none = { list: new Uint32Array(0), sure: true, titles: null };
    if (characters.some((character) => !index.code.has(character))) return none;
    if (characters.length <= LONGEST_STRING) {
      const record = await recordOf(characters);
      if (record?.places) return { list: within ? intersect(record.list, within) : record.list, sure: true, titles: record.titles };
      if (characters.length <= 2) return none;
    }
    const pieces = [];
    let list = within;
    let covered = 0;
    for (const at of startsOf(characters.length, () => covered)) {
      const found = await longestAt(characters.slice(at));
      if (!found) return none;
      pieces.push({ at, ...found });
      covered = at + found.size + Math.max(0, alike(characters, at + found.size, found.record.tail) - 1);
      list = list ? intersect(list, found.record.list) : found.record.list;
      const { known, list: whole } = verdict(characters, pieces);
      if (known < 0 || !list.length) return none;
      if (known > 0) return { list: within ? intersect(whole, within) : whole, sure: true, titles: null };
      if (list.length <= index.few && pieces.length > 1) break;
    }
    return cannotOccur(characters, pieces, index) ? none : { list, sure: false, titles: null };
  }

  // Three characters whose two pairs are both so frequent that the string would have a list if it occurred.
  function cannotOccur(characters, pieces, index) {
    if (characters.length !== 3) return false;
    const [first, second] = [0, 1].map((at) => pieces.find((piece) => piece.at === at && piece.size === 2)?.record.count);
    return first > index.common && second > index.common && first * second > index.chance * index.articles;
  }

  // Articles that contain a term, to the letter; where it finds none, in its second reading (瞭解 -> 了解).
  async function articlesWith(term, foldCharacter, within) {
    const index = await Archive.index.open();
    const literal = fold(term.text, foldCharacter);
    const other = [...literal].map((c) => index.readings.get(c) ?? c).join("");
    const spellings = other === literal ? [literal] : [literal, other];
    for (const text of spellings) {
      const { list, sure, titles } = await candidates([...text], within);
      const found = sure ? list : await read(list, (folded) => folded.includes(text));
      if (found.length) return { text, list: found, titles };
    }
    return { text: literal, list: new Uint32Array(0), titles: null };
  }

  Archive.exact = { articlesWith, candidates, read, recordOf, intersect, without, everything };
})();
