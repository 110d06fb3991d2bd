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

  // Passes over such a list.
  function skip(bits, count, space) {
    const width = riceWidth(count, space);
    for (let i = 0; i < count; i++) {
      bits.ones();
      bits.at += width;
    }
  }

  // Characters have numbers: ASCII its codes, then the Han characters of GB 2312 in its order, then all others.
  const ASCII = 128;
  const HAN = new TextDecoder("gbk").decode(Uint8Array.from({ length: 72 * 94 * 2 }, (_, i) =>
    i % 2 ? 0xa1 + ((i >> 1) % 94) : 0xb0 + Math.floor(i / 188)));
  const OTHERS = ASCII + HAN.length;
  const HAN_NUMBER = new Map([...HAN].map((character, i) => [character, ASCII + i]));
  function numberOf(character) {
    const code = character.codePointAt(0);
    return code < ASCII ? code : (HAN_NUMBER.get(character) ?? OTHERS + code);
  }
  const characterOf = (number) =>
    number < ASCII ? String.fromCharCode(number) : number < OTHERS ? HAN[number - ASCII] : String.fromCodePoint(number - OTHERS);
  // Whether a character may be one that folds to another: a Han character beyond those of GB 2312.
  const isRare = (character) => numberOf(character) >= OTHERS && /\p{Script=Han}/u.test(character);

  const NOTHING = Object.freeze([]);

  // A record as its section has it. Lists are read when they are asked for: each is a part of its parent's list.
  class Record {
    constructor(bits, parent, volume) {
      Object.assign(this, { bits, parent, volume, space: parent ? parent.count : volume.size, count: 0, listAt: -1, titlesAt: -1, wordAt: -1, tail: NOTHING, head: NOTHING });
    }
    read(at) {
      this.bits.at = at;
      return this.bits.golomb() + 1;
    }
    get listed() {
      return this.listAt >= 0;
    }
    get word() {
      return this.wordAt >= 0;
    }
    // The articles of the places in the space that the list is a part of.
    articles(places) {
      const above = this.parent?.list;
      return places.map(above ? (place) => above[place] : (place) => place + this.volume.base);
    }
    // Made anew each time: there are many records.
    get list() {
      const { count, space } = this;
      if (!this.listed) return null;
      if (count === space && this.parent) return this.parent.list;
      this.bits.at = this.listAt;
      if (2 * count <= space) return this.articles(members(this.bits, count, space));
      const absent = members(this.bits, space - count, space);
      const places = new Uint32Array(count);
      for (let place = 0, at = 0, next = 0; place < space; place++)
        if (place === absent[next]) next++;
        else places[at++] = place;
      return this.articles(places);
    }
    get titles() {
      if (this.titlesAt < 0) return null;
      const { list } = this;
      return members(this.bits, this.read(this.titlesAt), this.count).map((place) => list[place]);
    }
    // Articles that have the word, and how often.
    get postings() {
      if (!this.word) return null;
      const within = this.listed ? this : this.parent;
      const above = within.list;
      const count = this.read(this.wordAt);
      const width = riceWidth(count, within.count);
      const list = new Uint32Array(count);
      const counts = new Uint32Array(count);
      for (let i = 0, last = -1; i < count; i++) {
        list[i] = above[(last += this.bits.rice(width) + 1)];
        counts[i] = this.bits.golomb() + 1;
      }
      return { list, counts };
    }
  }

  const TITLED = 1, WORD = 2, TAILED = 4, HEADED = 8, LISTLESS = 16, STEP = 4, CHARACTER = 9, RECORDS = 4;
  const OTHER = 0, POINT = 21;

  // A section's records by string; a volume is `{ base, size }`.
  function records(text, volume) {
    const found = new Map();
    if (!text) return found;
    const bits = new Bits(text);
    const numbers = [];
    const characters = [];
    // For each beginning of the string at hand, the record that has a list for it or for its longest part.
    const above = [];
    const put = (number) => { numbers.push(number); characters.push(characterOf(number)); };
    for (let i = 0, count = bits.golomb(RECORDS) + 1; i < count; i++) {
      const turn = bits.golomb();
      const up = turn === 0 ? 1 : turn === 1 ? 0 : turn;
      const more = bits.golomb();
      const shared = i === 0 ? 0 : numbers.length - up;
      const first = (i > 0 && up > 0 ? numbers[shared] + bits.golomb(STEP) : bits.golomb(CHARACTER)) + 1;
      numbers.length = characters.length = above.length = shared;
      put(first);
      for (let k = 0; k < more; k++) put(bits.golomb(CHARACTER) + 1);
      const parent = above[shared - 1] ?? null;
      const record = new Record(bits, parent, volume);
      pass(record, bits);
      while (above.length < numbers.length - 1) above.push(parent);
      above.push(record.listed ? record : parent);
      found.set(characters.join(""), record);
    }
    return found;
  }

  // Notes where a record's parts are.
  function pass(record, bits) {
    const letters = (count) => Array.from({ length: count }, () => characterOf(bits.golomb(CHARACTER) + 1));
    const has = bits.golomb();
    if (!(has & LISTLESS)) {
      record.count = bits.golomb() + 1;
      record.listAt = bits.at;
      skip(bits, 2 * record.count > record.space ? record.space - record.count : record.count, record.space);
    }
    if (has & TITLED) {
      record.titlesAt = bits.at;
      skip(bits, bits.golomb() + 1, record.count);
    }
    if (has & TAILED) record.tail = letters(bits.golomb() + 1);
    if (has & HEADED) record.head = letters(bits.golomb() + 1);
    if (has & WORD) {
      record.wordAt = bits.at;
      const count = bits.golomb() + 1;
      const width = riceWidth(count, record.listed ? record.count : record.space);
      for (let i = 0; i < count; i++) {
        bits.rice(width);
        bits.golomb();
      }
    }
  }

  // Which file answers for a string: files by number, and ranges with the bit at which they are cut in two.
  function treeOf(text) {
    const bits = new Bits(text);
    let files = 0;
    const range = (above) => {
      const step = bits.golomb();
      return step === 0 ? files++ : { bit: above + step, low: range(above + step), high: range(above + step) };
    };
    return range(-1);
  }

  function fileOf(characters, tree) {
    let range = tree;
    while (typeof range === "object") {
      const character = characters[Math.floor(range.bit / POINT)];
      const number = character === undefined ? 0 : numberOf(character);
      range = (number >> (POINT - 1 - (range.bit % POINT))) & 1 ? range.high : range.low;
    }
    return range;
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

  Archive.bits = { sumOf, Bits, members, isRare, records, treeOf, fileOf, spellingOf, spelled };
})();
