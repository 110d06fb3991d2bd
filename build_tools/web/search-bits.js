// What the index's files say, bit by bit. Pure functions;
// `docs/dev/search.md` describes the format, `build_tools/site/search/` writes it.
"use strict";
(() => {
  const Archive = (window.Archive ??= {});

  function sumOf(text) {
    let sum = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      sum += (code & 255) + (code >> 8);
    }
    return sum;
  }

  class Bits {
    constructor(text) {
      this.text = text;
      this.place = 0;
      this.left = 0;
      this.current = 0;
    }
    bit() {
      if (this.left === 0) {
        if (this.place >= this.text.length) throw new RangeError("out of bits");
        this.current = this.text.charCodeAt(this.place++) & 127;
        this.left = 7;
      }
      return (this.current >> --this.left) & 1;
    }
    ones() {
      let count = 0;
      while (this.bit()) count++;
      return count;
    }
    number(width) {
      let value = 0;
      for (let i = 0; i < width; i++) value = (value << 1) | this.bit();
      return value;
    }
    golomb(low = 0) {
      const size = this.ones();
      const rest = (1 << size) + this.number(size) - 1;
      return (rest << low) | this.number(low);
    }
    rice(low) {
      const high = this.ones();
      return (high << low) | this.number(low);
    }
  }

  const riceWidth = (count, space) => 31 - Math.clz32(Math.max(1, Math.floor((space * 7) / (Math.max(count, 1) * 10))));

  // Members of a list written as gaps.
  function members(bits, count, space) {
    const width = riceWidth(count, space);
    const list = new Uint32Array(count);
    for (let i = 0, last = -1; i < count; i++) list[i] = last += bits.rice(width) + 1;
    return list;
  }

  function articleList(bits, count, articles) {
    if (2 * count <= articles) return members(bits, count, articles);
    const absent = members(bits, articles - count, articles);
    const list = new Uint32Array(count);
    for (let article = 0, at = 0, next = 0; article < articles; article++)
      if (article === absent[next]) next++;
      else list[at++] = article;
    return list;
  }

  const TITLED = 1, WORD = 2, TAILED = 4, HEADED = 8, LISTLESS = 16, STEP = 4, CHARACTER = 9;

  // A shard's records by string.
  function records(data, index) {
    const bits = new Bits(data.text);
    const found = new Map();
    const letters = (count) => Array.from({ length: count }, () => index.alphabet[bits.golomb(CHARACTER)]);
    let codes = [];
    let pair = null;
    for (let i = 0; i < data.count; i++) {
      const turn = bits.golomb();
      const up = turn === 0 ? 1 : turn === 1 ? 0 : turn;
      const more = bits.golomb();
      const shared = i === 0 ? 0 : codes.length - up;
      const next = codes.slice(0, shared);
      next.push(i > 0 && up > 0 ? codes[shared] + 1 + bits.golomb(STEP) : bits.golomb(CHARACTER));
      for (let k = 0; k < more; k++) next.push(bits.golomb(CHARACTER));
      codes = next;
      const has = bits.golomb();
      const record = { list: null, titles: null, tail: [], head: [], word: null };
      if (!(has & LISTLESS)) record.list = articleList(bits, bits.golomb() + 1, index.articles);
      if (has & TITLED) record.titles = members(bits, bits.golomb() + 1, record.list.length).map((at) => record.list[at]);
      if (has & TAILED) record.tail = letters(bits.golomb() + 1);
      if (has & HEADED) record.head = letters(bits.golomb() + 1);
      if (codes.length === 2) pair = record;
      if (has & WORD) record.word = wordList(bits, pair);
      const string = codes.map((code) => index.alphabet[code]).join("");
      // A copy of a pair's record, put where its strings were cut, brings the list only.
      if (!found.has(string)) found.set(string, record);
    }
    return found;
  }

  function wordList(bits, pair) {
    const count = bits.golomb() + 1;
    const width = riceWidth(count, pair.list.length);
    const list = new Uint32Array(count);
    const counts = new Uint32Array(count);
    for (let i = 0, last = -1; i < count; i++) {
      list[i] = pair.list[(last += bits.rice(width) + 1)];
      counts[i] = bits.golomb() + 1;
    }
    return { list, counts };
  }

  function alphabetOf(text, count) {
    const bits = new Bits(text);
    let code = 0;
    return Array.from({ length: count }, () => String.fromCodePoint((code += bits.golomb() + 1)));
  }

  function firstsOf(text, count) {
    const bits = new Bits(text);
    let lead = 0;
    return Array.from({ length: count }, () => {
      const more = bits.golomb();
      lead += bits.golomb(1);
      return [lead, ...Array.from({ length: more }, () => bits.golomb(CHARACTER))];
    });
  }

  function exchangeOf(moving, stays) {
    const free = [];
    const range = (from, to) => {
      for (let code = from; code < to; code++) free.push(String.fromCharCode(code));
    };
    range(0x20, 0x7f);
    range(0xa1, 0x380);
    const open = free.filter((character) => character !== '"' && character !== "\\" && !stays.includes(character));
    const table = new Map();
    [...moving].forEach((character, i) => table.set(character, open[i]).set(open[i], character));
    return table;
  }

  // Number of the shard that would hold a string: the last whose first string is not behind it.
  function shardOf(codes, firsts) {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (compare(firsts[middle], codes) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function compare(a, b) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
    return a.length - b.length;
  }

  Archive.bits = { sumOf, Bits, members, records, alphabetOf, firstsOf, exchangeOf, shardOf };
})();
