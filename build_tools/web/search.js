// Answers: first the articles that contain the query to the letter, then those that share its words.
"use strict";
(() => {
  const Archive = window.Archive;
  const { parseQuery, fold, folder } = Archive.text;
  // Up to this many articles are read rather than another shard asked for.
  const FEW = 10;
  // A passage is looked for to the letter; its first words are enough to find what is related.
  const MOST_WORDS = 6;
  const LONGEST_STRING = 24;
  const LONGEST_WORD = 10;
  const AT_ONCE = 24;

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

  // ---------------------------------------------------------------- folding

  async function foldingFor(text) {
    const index = await Archive.index.open();
    let rules = { variants: index.variants, dropped: index.dropped, simplified: index.simplified };
    let foldCharacter = folder(rules);
    const strange = [...fold(text, foldCharacter)].some((c) => c !== " " && !index.code.has(c));
    if (strange && index.simplified.size === 0) {
      index.simplified = await Archive.index.simplified();
      rules = { ...rules, simplified: index.simplified };
      foldCharacter = folder(rules);
    }
    return foldCharacter;
  }

  const foldedArticles = new Map();

  // An article's paragraphs folded, as the index saw them.
  async function foldedArticle(number) {
    if (!foldedArticles.has(number)) {
      const article = await Archive.index.article(number);
      const foldCharacter = await foldingFor(article.lines.join(""));
      foldedArticles.set(number, article.lines.map((line) => fold(line, foldCharacter)).join("\n"));
    }
    return foldedArticles.get(number);
  }

  async function read(numbers, wanted) {
    const kept = [];
    for (let at = 0; at < numbers.length; at += AT_ONCE) {
      const some = Array.from(numbers.slice(at, at + AT_ONCE));
      const texts = await Promise.all(some.map(foldedArticle));
      some.forEach((number, i) => wanted(texts[i]) && kept.push(number));
    }
    return Uint32Array.from(kept);
  }

  // ------------------------------------------------------------ exact tier

  async function recordOf(characters) {
    return (await Archive.index.shardFor(characters)).get(characters.join(""));
  }

  // The longest string with a list that the characters begin with.
  async function longestAt(characters) {
    const most = characters.slice(0, LONGEST_STRING);
    const near = await Archive.index.shardFor(most);
    const pair = await Archive.index.shardFor(most.slice(0, 2));
    for (let size = most.length; size >= 2; size--) {
      const key = most.slice(0, size).join("");
      const record = near.get(key) ?? pair.get(key);
      if (record?.list) return { record, size };
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
      if (record?.list) return { list: within ? intersect(record.list, within) : record.list, sure: true, titles: record.titles };
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
      if (list.length <= FEW && pieces.length > 1) break;
    }
    return cannotOccur(characters, pieces, index) ? none : { list, sure: false, titles: null };
  }

  // Three characters whose two pairs are both so frequent that the string would have a list if it occurred.
  function cannotOccur(characters, pieces, index) {
    if (characters.length !== 3) return false;
    const [first, second] = [0, 1].map((at) => pieces.find((piece) => piece.at === at && piece.size === 2)?.record.list.length);
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

  // ---------------------------------------------------------- related tier

  // A term cut into the words the index knows, longest first from the left.
  async function wordsOf(text) {
    const index = await Archive.index.open();
    const characters = [...text].slice(0, 40);
    const found = [];
    for (let at = 0; at < characters.length - 1 && found.length < MOST_WORDS; ) {
      const rest = characters.slice(at, at + LONGEST_WORD);
      const known = rest.findIndex((character) => !index.code.has(character));
      const run = known < 0 ? rest : rest.slice(0, known);
      let size = 1;
      if (run.length > 1) {
        const near = await Archive.index.shardFor(run);
        const pair = await Archive.index.shardFor(run.slice(0, 2));
        for (let longest = run.length; longest >= 2 && size === 1; longest--) {
          const key = run.slice(0, longest).join("");
          if ((near.get(key) ?? pair.get(key))?.word || index.synonyms.some((group) => group.includes(key))) {
            found.push(key);
            size = longest;
          }
        }
      }
      at += size;
    }
    return found;
  }

  async function postings(word) {
    const characters = [...word];
    const index = await Archive.index.open();
    if (characters.some((character) => !index.code.has(character))) return null;
    return (await recordOf(characters))?.word ?? null;
  }

  // lunr 2.3.9 with one field, k1 = 1.2 and b = 0: what lunr.Index.query gives for these clauses.
  function lunrScores(clauses, articles) {
    const scores = new Map();
    const length = Math.sqrt(clauses.reduce((sum, { boost }) => sum + boost * boost, 0));
    for (const { boost, list, counts } of clauses) {
      const rare = Math.log(1 + Math.abs((articles - list.length + 0.5) / (list.length + 0.5)));
      for (let i = 0; i < list.length; i++) {
        const weight = Math.round(((rare * 2.2 * counts[i]) / (1.2 + counts[i])) * 1000) / 1000;
        scores.set(list[i], (scores.get(list[i]) ?? 0) + boost * weight);
      }
    }
    for (const [article, score] of scores) scores.set(article, score / length);
    return scores;
  }

  async function clausesFor(terms) {
    const index = await Archive.index.open();
    const boosts = new Map();
    for (const term of terms) for (const word of await wordsOf(term.text)) boosts.set(word, 1);
    for (const word of [...boosts.keys()])
      for (const group of index.synonyms)
        if (group.includes(word)) for (const other of group) if (!boosts.has(other)) boosts.set(other, 0.5);
    const clauses = [];
    for (const [word, boost] of boosts) {
      const found = await postings(word);
      if (found) clauses.push({ word, boost, ...found });
    }
    return clauses;
  }

  // --------------------------------------------------------------- filters

  const dayOf = (text, end) => {
    const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(String(text ?? "").trim());
    if (!match) return null;
    const [, year, month, day] = match;
    return year * 512 + (month ?? (end ? 15 : 0)) * 32 + Number(day ?? (end ? 31 : 0));
  };

  const FACETS = ["province", "city", "round", "stage", "level", "source", "official"];
  const valuesOf = (wanted) => (Array.isArray(wanted) ? wanted : [wanted]).flatMap((v) => String(v ?? "").split(/[,，|]/)).map((v) => v.trim()).filter(Boolean);

  async function officialArticles(name) {
    const index = await Archive.index.open();
    if (!index.officials.length) return [];
    let part = 0;
    for (const [i, first] of index.officials.entries()) if (compareByCode(first, name) <= 0) part = i;
    return (await Archive.index.facet(`official-${part}`)).get(name) ?? [];
  }

  const compareByCode = (a, b) => {
    const [x, y] = [[...a], [...b]];
    for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0);
    return x.length - y.length;
  };

  function matching(facet, value, wanted) {
    if (value === wanted) return true;
    if (facet === "round") return value === roundKey(wanted);
    if (facet === "province" || facet === "city") return value.startsWith(wanted) && /^(省|市|自治区|.族自治区|回族自治区|维吾尔自治区|壮族自治区|.*自治州|地区|盟)$/.test(value.slice(wanted.length));
    if (facet === "level") return { 中央: "central", 省级: "provincial" }[wanted] === value;
    return false;
  }

  const NUMERALS = "〇一二三四五六七八九十";
  // 第三轮第四批, 3-4 and 3.4 are one.
  function roundKey(text) {
    const numbers = String(text).match(/\d+|[一二三四五六七八九十]+/g) ?? [];
    const digits = numbers.slice(0, 2).map((n) => (/\d/.test(n) ? Number(n) : n.length > 1 ? 10 + NUMERALS.indexOf(n[1]) : NUMERALS.indexOf(n)));
    const mark = /h$|回头看/.test(text) && digits.length === 2 ? "h" : "";
    return (/^p|省/.test(text) ? "p" : "") + digits.join(".") + mark;
  }

  // Articles that pass every filter; null where there is none.
  async function filtered(filters) {
    const index = await Archive.index.open();
    let passing = null;
    for (const facet of FACETS) {
      const wanted = valuesOf(filters[facet]).slice(0, 50);
      if (!wanted.length) continue;
      const lists = [];
      if (facet === "official") for (const name of wanted) lists.push(await officialArticles(name));
      else for (const [value, list] of await Archive.index.facet(facet)) if (wanted.some((w) => matching(facet, value, w))) lists.push(list);
      const any = Uint32Array.from([...new Set(lists.flatMap((list) => [...list]))]).sort();
      passing = passing ? intersect(passing, any) : any;
    }
    const from = dayOf(filters.from ?? filters.year, false);
    const to = dayOf(filters.to ?? filters.year, true);
    if (from !== null || to !== null) {
      const days = await Archive.index.dates();
      const range = (passing ?? everything(index.articles)).filter((n) => days[n] > 0 && days[n] >= (from ?? 0) && days[n] <= (to ?? Infinity));
      passing = range;
    }
    return passing;
  }

  // ---------------------------------------------------------------- search

  // All hits in order, as article numbers. `exact` counts those that contain the query to the letter.
  async function find(query, filters = {}) {
    const index = await Archive.index.open();
    const terms = parseQuery(query ?? "");
    const passing = await filtered(filters ?? {});
    const foldCharacter = await foldingFor(terms.map((term) => term.text).join(""));
    const wanted = terms.filter((term) => !term.exclude && fold(term.text, foldCharacter) !== "");
    const unwanted = terms.filter((term) => term.exclude && fold(term.text, foldCharacter) !== "");
    if (!wanted.length && !unwanted.length && (passing === null || String(query ?? "").trim() !== "")) return { hits: [], exact: 0, marks: { exact: [], related: [] }, problems: [] };
    const problems = [];
    let exact = passing ?? (wanted.length ? null : everything(index.articles));
    const found = [];
    for (const term of [...wanted].sort((a, b) => b.text.length - a.text.length)) {
      const result = await articlesWith(term, foldCharacter, exact);
      found.push({ ...result, quoted: term.quoted });
      exact = result.list;
    }
    exact ??= new Uint32Array(0);
    let related = [];
    let scores = new Map();
    const marks = { exact: found.map((term) => term.text), related: [] };
    try {
      const clauses = await clausesFor(found.filter((term) => !term.quoted));
      if (clauses.length) {
        scores = lunrScores(clauses, index.articles);
        related = without(Uint32Array.from(scores.keys()).sort(), exact);
        if (passing) related = intersect(related, passing);
        marks.related = clauses.map((clause) => clause.word);
      }
    } catch (error) {
      problems.push(error);
    }
    for (const term of unwanted) {
      const characters = [...fold(term.text, foldCharacter)];
      const { list, sure } = await candidates(characters, null);
      const text = characters.join("");
      const bad = sure ? list : await read(intersect(list, exact), (folded) => folded.includes(text));
      exact = without(exact, bad);
      related = without(related, sure ? bad : list);
    }
    return { hits: await ranked(exact, related, scores, found, filters?.sort), exact: exact.length, marks, problems };
  }

  async function ranked(exact, related, scores, found, sort) {
    const titled = new Map();
    for (const { titles } of found) for (const article of titles ?? []) titled.set(article, (titled.get(article) ?? 0) + 1);
    // Exact hits stand above all others; those with the query in the title above the rest of them.
    const score = (article, tier) => (tier === "exact" ? 1000 + 100 * (titled.get(article) ?? 0) : 0) + (scores.get(article) ?? 0);
    const hits = (list, tier) => Array.from(list, (article) => ({ article, tier, score: score(article, tier) }));
    const order = sort === "date" ? (a, b) => a.article - b.article : sort === "oldest" ? (a, b) => b.article - a.article : (a, b) => b.score - a.score || a.article - b.article;
    return [...hits(exact, "exact").sort(order), ...hits(related, "related").sort(order)];
  }

  // The contract: every hit of a query, by id.
  async function search(query, filters) {
    const { hits, exact } = await find(query, filters);
    const ids = hits.length ? await Archive.index.ids() : [];
    return { exact, total: hits.length, hits: hits.map(({ article, tier, score }) => ({ id: ids[article], tier, score })) };
  }

  Object.assign(Archive, { search, find, foldingFor, clausesFor, roundKey });
})();
