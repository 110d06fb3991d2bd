// The articles that share words with a query, ranked by lunr.
"use strict";
(() => {
  const Archive = window.Archive;
  const { recordsOf, joined } = Archive.exact;
  // A passage is looked for to the letter; its first words are enough to find what is related.
  const MOST_WORDS = 4;
  const LONGEST_WORD = 10;
  const FIELD = "text";
  const here = document.currentScript.src;

  // A term cut into the words the index knows, longest first from the left.
  async function wordsOf(text) {
    const index = await Archive.index.open();
    const characters = [...text].slice(0, 40);
    const found = [];
    for (let at = 0; at < characters.length - 1 && found.length < MOST_WORDS; ) {
      const rest = characters.slice(at, at + LONGEST_WORD);
      let size = 1;
      for (let longest = rest.length; longest >= 2 && size === 1; longest--) {
        const key = rest.slice(0, longest).join("");
        // A word's record lies in the word's own file, which need not be that of a longer or a shorter one.
        if ((await recordsOf(rest.slice(0, longest))).some((record) => record?.word) || index.synonyms.some((group) => group.includes(key))) {
          found.push(key);
          size = longest;
        }
      }
      at += size;
    }
    return found;
  }

  // All articles that have a word, and how often.
  async function postings(word) {
    const parts = (await recordsOf([...word])).flatMap((record) => record?.postings ?? []);
    return parts.length ? { list: joined(parts.map(({ list }) => list)), counts: joined(parts.map(({ counts }) => counts)) } : null;
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

  let library = null;

  // lunr itself, loaded when a ranking is first wanted.
  const lunrLibrary = () => (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => (window.lunr ? resolve(window.lunr) : script.onerror());
    script.onerror = () => {
      library = null;
      reject(new Archive.index.ShardError("lunr", "缺失", "assets/lunr.js"));
    };
    script.src = new URL("lunr.js", here).href;
    document.head.append(script);
  }));

  // Articles in groups that have each word equally often, as `{ counts, articles }`: with b = 0 lunr looks at
  // nothing else, so that one of a group stands for all.
  function groupsOf(clauses) {
    const groups = [{ counts: clauses.map(() => 0), articles: [] }];
    const groupOf = new Map();
    clauses.forEach(({ list, counts }, word) => {
      const next = new Map();
      list.forEach((article, i) => {
        const from = groupOf.get(article) ?? 0;
        const step = from * 65536 + counts[i];
        if (!next.has(step)) {
          next.set(step, groups.length);
          groups.push({ counts: Object.assign([...groups[from].counts], { [word]: counts[i] }), articles: [] });
        }
        groupOf.set(article, next.get(step));
      });
    });
    for (const [article, group] of groupOf) groups[group].articles.push(article);
    return groups.filter(({ articles }) => articles.length);
  }

  // The whole archive as lunr's builder would have seen it, for these words only: how many articles there are and
  // have each word, and the words of one article a group. All arithmetic is lunr's.
  function indexOf(lunr, clauses, groups, articles) {
    const builder = new lunr.Builder();
    builder.b(0);
    builder.field(FIELD);
    builder.documentCount = articles;
    clauses.forEach(({ word, list }, i) => {
      builder.invertedIndex[word] = { _index: i, [FIELD]: new Array(list.length).fill(true) };
    });
    groups.forEach(({ counts }, group) => {
      const field = new lunr.FieldRef(String(group), FIELD).toString();
      builder.fieldTermFrequencies[field] = Object.fromEntries(clauses.flatMap(({ word }, i) => (counts[i] ? [[word, counts[i]]] : [])));
      builder.fieldLengths[field] = counts.reduce((sum, count) => sum + count, 0);
      builder._documents[group] = {};
    });
    builder.calculateAverageFieldLengths();
    builder.createFieldVectors();
    clauses.forEach(({ word }, i) => {
      const having = groups.flatMap(({ counts }, group) => (counts[i] ? [[group, {}]] : []));
      builder.invertedIndex[word][FIELD] = Object.fromEntries(having);
    });
    builder.createTokenSet();
    return new lunr.Index({
      invertedIndex: builder.invertedIndex, fieldVectors: builder.fieldVectors, tokenSet: builder.tokenSet,
      fields: [FIELD], pipeline: builder.searchPipeline,
    });
  }

  // Article -> score, for all articles that have one of the words.
  async function lunrScores(clauses) {
    const scores = new Map();
    if (!clauses.length) return scores;
    const [lunr, { articles }] = await Promise.all([lunrLibrary(), Archive.index.open()]);
    const groups = groupsOf(clauses);
    const found = indexOf(lunr, clauses, groups, articles).query((query) => {
      for (const { word, boost } of clauses) query.term(word, { boost, usePipeline: false });
    });
    for (const { ref, score } of found) for (const article of groups[ref].articles) scores.set(article, score);
    return scores;
  }

  Archive.related = { clausesFor, lunrScores };
})();
