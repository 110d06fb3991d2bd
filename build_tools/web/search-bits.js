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

  // Bits in words of 32, so that a number is read with a few shifts however long it is.
  class Bits {
    constructor(text) {
      this.size = text.length * 7;
      this.words = new Uint32Array((this.size >> 5) + 2);
      this.at = 0;
      for (let i = 0, at = 0; i < text.length; i++, at += 7) {
        const seven = text.charCodeAt(i) & 127;
        const room = 25 - (at & 31);
        if (room >= 0) this.words[at >> 5] |= seven << room;
        else {
          this.words[at >> 5] |= seven >>> -room;
          this.words[(at >> 5) + 1] |= seven << (32 + room);
        }
      }
    }
    // The next 32 bits.
    ahead() {
      if (this.at > this.size) throw new RangeError("out of bits");
      const word = this.at >>> 5;
      const used = this.at & 31;
      return used === 0 ? this.words[word] : (this.words[word] << used) | (this.words[word + 1] >>> (32 - used));
    }
    ones() {
      let count = 0;
      for (;;) {
        const some = Math.clz32(~this.ahead());
        count += some;
        if (some < 32) break;
        this.at += 32;
      }
      this.at += (count & 31) + 1;
      return count;
    }
    number(width) {
      if (width === 0) return 0;
      const value = this.ahead() >>> (32 - width);
      this.at += width;
      return value;
    }
    golomb(low = 0) {
      const size = this.ones();
      const rest = 2 ** size + this.number(size) - 1;
      return low === 0 ? rest : rest * 2 ** low + this.number(low);
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

  const NOTHING = Object.freeze([]);

  // A record as its shard has it. Its list is made when it is asked for: it is a part of its parent's list.
  class Record {
    constructor(parent, space, articles) {
      Object.assign(this, { parent, space, articles, count: 0, places: null, word: null, tail: NOTHING, head: NOTHING, inTitle: null });
    }
    get list() {
      if (!this.places) return null;
      if (this.places.length === this.count) return chosen(this.parent?.list, this.places);
      if (this.count === this.space && this.parent) return this.parent.list;
      const list = new Uint32Array(this.count);
      const above = this.parent?.list;
      for (let place = 0, at = 0, next = 0; place < this.space; place++)
        if (place === this.places[next]) next++;
        else list[at++] = above ? above[place] : place;
      return list;
    }
    get titles() {
      return this.inTitle && chosen(this.list, this.inTitle);
    }
    // Articles that have the word, and how often.
    get postings() {
      return this.word && { list: chosen(this.places ? this.list : this.parent.list, this.word.places), counts: this.word.counts };
    }
  }

  const chosen = (list, places) => (list ? places.map((place) => list[place]) : places);

  const TITLED = 1, WORD = 2, TAILED = 4, HEADED = 8, LISTLESS = 16, STEP = 4, CHARACTER = 9;
  const OTHER = 0, POINT = 21;

  // A shard's records by string.
  function records(data, index) {
    const bits = new Bits(data.text);
    const found = new Map();
    const letters = (count) => Array.from({ length: count }, () => index.alphabet[bits.golomb(CHARACTER)]);
    const codes = [];
    // For each beginning of the string at hand, the record that has a list for it or for its longest part.
    const above = [];
    for (let i = 0; i < data.count; i++) {
      const turn = bits.golomb();
      const up = turn === 0 ? 1 : turn === 1 ? 0 : turn;
      const more = bits.golomb();
      const shared = i === 0 ? 0 : codes.length - up;
      const first = i > 0 && up > 0 ? codes[shared] + 1 + bits.golomb(STEP) : bits.golomb(CHARACTER);
      codes.length = above.length = shared;
      codes.push(first);
      for (let k = 0; k < more; k++) codes.push(bits.golomb(CHARACTER));
      const parent = above[shared - 1] ?? null;
      const record = new Record(parent, parent ? parent.count : index.articles, index.articles);
      readRecord(record, bits, letters);
      while (above.length < codes.length - 1) above.push(parent);
      above.push(record.places ? record : parent);
      found.set(codes.map((code) => index.alphabet[code]).join(""), record);
    }
    return found;
  }

  function readRecord(record, bits, letters) {
    const has = bits.golomb();
    if (!(has & LISTLESS)) {
      record.count = bits.golomb() + 1;
      const absent = 2 * record.count > record.space;
      record.places = members(bits, absent ? record.space - record.count : record.count, record.space);
    }
    if (has & TITLED) record.inTitle = members(bits, bits.golomb() + 1, record.count);
    if (has & TAILED) record.tail = letters(bits.golomb() + 1);
    if (has & HEADED) record.head = letters(bits.golomb() + 1);
    if (has & WORD) record.word = wordPlaces(bits, record.places ? record.count : record.space);
  }

  function wordPlaces(bits, space) {
    const count = bits.golomb() + 1;
    const width = riceWidth(count, space);
    const places = new Uint32Array(count);
    const counts = new Uint32Array(count);
    for (let i = 0, last = -1; i < count; i++) {
      places[i] = last += bits.rice(width) + 1;
      counts[i] = bits.golomb() + 1;
    }
    return { places, counts };
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

  // How texts are spelled: what each sign stands for, and the codes in order of width.
  function spellingOf(text) {
    const bits = new Bits(text);
    const [letters, phrases, longest] = [bits.golomb(), bits.golomb(), bits.golomb()];
    const signs = [""];
    for (let i = 0, code = -1; i < letters; i++) signs.push(String.fromCodePoint((code += bits.golomb() + 1)));
    const widths = Array.from({ length: 1 + letters + phrases }, () => longest - bits.golomb(1));
    const order = widths.map((_, sign) => sign).sort((a, b) => widths[a] - widths[b] || a - b);
    const counts = new Uint32Array(longest + 1);
    for (const width of widths) counts[width]++;
    const spelling = { signs, order, counts };
    for (let i = 0; i < phrases; i++) signs.push(signs[signOf(bits, spelling)] + signs[signOf(bits, spelling)]);
    return spelling;
  }

  // The next sign: with as many bits as it takes, its place among the codes of that width.
  function signOf(bits, { order, counts }) {
    const ahead = bits.ahead();
    for (let width = 1, code = 0, first = 0, before = 0; width < counts.length; width++) {
      code = (code << 1) | ((ahead >>> (32 - width)) & 1);
      const place = code - first;
      if (place < counts[width]) {
        bits.at += width;
        return order[before + place];
      }
      before += counts[width];
      first = (first + counts[width]) << 1;
    }
    throw new RangeError("no such sign");
  }

  // A text of so many signs.
  function spelled({ text, count }, spelling) {
    const bits = new Bits(text);
    let spelt = "";
    for (let i = 0; i < count; i++) {
      const sign = signOf(bits, spelling);
      spelt += sign === OTHER ? String.fromCodePoint(bits.number(POINT)) : spelling.signs[sign];
    }
    return spelt;
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

  Archive.bits = { sumOf, Bits, members, records, alphabetOf, firstsOf, spellingOf, spelled, shardOf };
})();
