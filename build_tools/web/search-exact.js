// The articles that contain a string to the letter.
"use strict";
(() => {
  const Archive = window.Archive;
  const { fold } = Archive.text;
  const { foldingFor } = Archive;
  const LONGEST_STRING = 24;
  const AT_ONCE = 24;
  const FOLDED = 400;
  // Texts that are read rather than another file of lists asked for.
  const READ = 16;

  // Of a sorted list what another holds, or what it does not.
  function sifted(a, b, wanted) {
    const kept = new Uint32Array(a.length);
    let count = 0;
    for (let i = 0, j = 0; i < a.length; i++) {
      while (j < b.length && b[j] < a[i]) j++;
      if ((j < b.length && b[j] === a[i]) === wanted) kept[count++] = a[i];
    }
    return kept.slice(0, count);
  }
  const intersect = (a, b) => (a.length <= b.length ? sifted(a, b, true) : sifted(b, a, true));
  const without = (a, b) => sifted(a, b, false);
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

  // What each volume has of a string.
  async function recordsOf(characters) {
    const shard = await Archive.index.shardFor(characters);
    const string = characters.join("");
    return shard.map((records) => records.get(string));
  }

  // The longest string with a list that the characters begin with: their file has all their beginnings.
  async function longestAt(characters, number) {
    const most = characters.slice(0, LONGEST_STRING);
    const records = (await Archive.index.shardFor(most))[number];
    for (let size = most.length; size >= 2; size--) {
      const record = records.get(most.slice(0, size).join(""));
      if (record?.listed) return { record, size, list: record.list };
    }
    return null;
  }

  // Whether what is known of the pieces already says that each article of the list has the whole string:
  // -1 it cannot occur, 1 it does, 0 unknown. A piece is followed by its tail and preceded by its head everywhere.
  function verdict(characters, pieces) {
    let sure = null;
    const spans = pieces.map(({ at, size, record, list }) => {
      const span = { at, end: at + size, from: at, to: at + size, list };
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
      if (from === 0 && to === characters.length) sure = start.list;
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

  // Articles of a volume that may contain the string, and whether they all do.
  async function candidatesIn(number, index, characters, within) {
    const none = { list: new Uint32Array(0), sure: true };
    if (within && !within.length) return none;
    if (characters.length <= LONGEST_STRING) {
      const record = (await Archive.index.shardFor(characters))[number].get(characters.join(""));
      if (record?.listed) return { list: within ? intersect(record.list, within) : record.list, sure: true, titles: record.titles };
      if (characters.length <= 2) return none;
    }
    const pieces = [];
    let list = within;
    let covered = 0;
    for (const at of startsOf(characters.length, () => covered)) {
      const found = await longestAt(characters.slice(at), number);
      if (!found) return none;
      pieces.push({ at, ...found });
      covered = at + found.size + Math.max(0, alike(characters, at + found.size, found.record.tail) - 1);
      list = list ? intersect(list, found.list) : found.list;
      const { known, list: whole } = verdict(characters, pieces);
      if (known < 0 || !list.length) return none;
      if (known > 0) return { list: within ? intersect(whole, within) : whole, sure: true };
      if (list.length <= Math.max(1, READ / index.volumes.length) && pieces.length > 1) break;
    }
    return cannotOccur(characters, pieces, index.few, index.volumes[number].size) ? none : { list, sure: false };
  }

  // Three characters whose two pairs are both so frequent that the string would have a list if it occurred.
  function cannotOccur(characters, pieces, few, size) {
    if (characters.length !== 3) return false;
    const [first, second] = [0, 1].map((at) => pieces.find((piece) => piece.at === at && piece.size === 2)?.record.count);
    return first > few && second > few && first * second > few * size;
  }

  function joined(lists) {
    const whole = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of lists) {
      whole.set(list, at);
      at += list.length;
    }
    return whole;
  }

  // Where in a sorted list an article is or would be.
  function placeIn(list, article) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < article) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Articles that contain the string for sure, those that may, and those of the first that have it in their title.
  async function candidates(characters, within) {
    const index = await Archive.index.open();
    const inside = ({ base, size }) => within && within.subarray(placeIn(within, base), placeIn(within, base + size));
    const parts = await Promise.all(index.volumes.map((volume, number) => candidatesIn(number, index, characters, inside(volume))));
    return {
      sure: joined(parts.filter(({ sure }) => sure).map(({ list }) => list)),
      unsure: joined(parts.filter(({ sure }) => !sure).map(({ list }) => list)),
      titles: joined(parts.map(({ titles }) => titles ?? [])),
    };
  }

  // Articles that contain a term, to the letter; where it finds none, in its second reading (瞭解 -> 了解).
  async function articlesWith(term, foldCharacter, within) {
    const index = await Archive.index.open();
    const literal = fold(term.text, foldCharacter);
    const other = [...literal].map((c) => index.readings.get(c) ?? c).join("");
    const spellings = other === literal ? [literal] : [literal, other];
    for (const text of spellings) {
      const { sure, unsure, titles } = await candidates([...text], within);
      const list = joined([sure, await read(unsure, (folded) => folded.includes(text))]).sort();
      if (list.length) return { text, list, titles };
    }
    return { text: literal, list: new Uint32Array(0), titles: [] };
  }

  Archive.exact = { articlesWith, candidates, read, recordsOf, joined, intersect, without, everything };
})();
