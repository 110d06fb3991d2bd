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
  const NONE = new Uint32Array(0);

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
  function longestIn(records, characters) {
    for (let size = Math.min(characters.length, LONGEST_STRING); size >= 2; size--) {
      const record = records.get(characters.slice(0, size).join(""));
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

  // What is known of a string in one volume: the articles that may contain it, or, once it is settled, that do.
  class Quest {
    constructor(volume, within) {
      Object.assign(this, { volume, within, list: within, settled: false, titles: [], pieces: [], covered: 0 });
      if (within && !within.length) this.settle(NONE);
    }
    settle(list) {
      this.list = this.within ? intersect(list, this.within) : list;
      this.settled = true;
    }
    // The string's own list, if it has one.
    whole(record, size) {
      if (record?.listed) {
        this.settle(record.list);
        this.titles = record.titles ?? [];
      } else if (size <= 2) this.settle(NONE);
    }
    // A piece of the string, from some place on.
    piece(at, found, characters) {
      if (!found) return this.settle(NONE);
      this.pieces.push({ at, ...found });
      this.covered = at + found.size + Math.max(0, alike(characters, at + found.size, found.record.tail) - 1);
      this.list = this.list ? intersect(this.list, found.list) : found.list;
      const { known, list } = verdict(characters, this.pieces);
      if (known < 0 || !this.list.length) this.settle(NONE);
      else if (known > 0) this.settle(list);
    }
  }

  // The same in all volumes, settled or with few articles left to be read.
  async function quests(characters, within) {
    const index = await Archive.index.open();
    const inside = ({ base, size }) => within && within.subarray(placeIn(within, base), placeIn(within, base + size));
    const all = index.volumes.map((volume) => new Quest(volume, inside(volume)));
    let open = all;
    // A file says something of each volume: every file is asked for once, and all that are open take what they can.
    const look = async (from, take) => {
      const shard = await Archive.index.shardFor(from);
      all.forEach((quest, number) => quest.settled || take(quest, shard[number]));
      open = all.filter((quest) => !quest.settled);
    };
    if (characters.length <= LONGEST_STRING)
      await look(characters, (quest, records) => quest.whole(records.get(characters.join("")), characters.length));
    let looked = 0;
    for (const at of startsOf(characters.length, () => Math.min(...open.map((quest) => quest.covered)))) {
      const left = open.reduce((sum, quest) => sum + (quest.list?.length ?? Infinity), 0);
      if (!open.length || (looked > 1 && left <= READ)) break;
      const rest = characters.slice(at, at + LONGEST_STRING);
      await look(rest, (quest, records) => quest.piece(at, longestIn(records, rest), characters));
      looked++;
    }
    for (const quest of open) if (cannotOccur(characters, quest.pieces, index.few, quest.volume.size)) quest.settle(NONE);
    return all;
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
    const all = await quests(characters, within);
    const lists = (settled) => joined(all.filter((quest) => quest.settled === settled).map((quest) => quest.list));
    return { sure: lists(true), unsure: lists(false), titles: joined(all.map((quest) => quest.titles)) };
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
