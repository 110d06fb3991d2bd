// Answers: first the articles that contain the query to the letter, then those that share its words.
"use strict";
(() => {
  const Archive = window.Archive;
  const { parseQuery, fold } = Archive.text;
  const { articlesWith, candidates, read, intersect, without, everything } = Archive.exact;
  const { clausesFor, lunrScores } = Archive.related;
  const { foldingFor, filtered } = Archive;
  // With as many exact hits the first page is full: what is only related waits until it is asked for.
  const ENOUGH = 10;

  // All hits in order, as article numbers. `exact` counts those that contain the query to the letter.
  async function find(query, filters = {}) {
    const index = await Archive.index.open();
    const terms = parseQuery(query ?? "");
    const passing = await filtered(filters ?? {});
    const foldCharacter = await foldingFor(terms.map((term) => term.text).join(""));
    const wanted = terms.filter((term) => !term.exclude && fold(term.text, foldCharacter) !== "");
    const unwanted = terms.filter((term) => term.exclude && fold(term.text, foldCharacter) !== "");
    if (!wanted.length && !unwanted.length && (passing === null || String(query ?? "").trim() !== "")) return { hits: [], exact: 0, more: true, marks: { exact: [], related: [] }, problems: [] };
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
    const bad = [];
    for (const term of unwanted) {
      const characters = [...fold(term.text, foldCharacter)];
      bad.push({ text: characters.join(""), ...(await candidates(characters, null)) });
    }
    const kept = async (list) => {
      for (const { text, sure, unsure } of bad) {
        list = without(list, sure);
        list = without(list, await read(intersect(unsure, list), (folded) => folded.includes(text)));
      }
      return list;
    };
    exact = await kept(exact);
    const more = filters?.related ?? exact.length < ENOUGH;
    if (more)
      try {
        const clauses = await clausesFor(found.filter((term) => !term.quoted));
        scores = await lunrScores(clauses);
        related = without(Uint32Array.from(scores.keys()).sort(), exact);
        if (passing) related = intersect(related, passing);
        related = await kept(related);
        marks.related = clauses.map((clause) => clause.word);
      } catch (error) {
        problems.push(error);
      }
    return { hits: ranked(exact, related, scores, found, filters?.sort), exact: exact.length, more, marks, problems };
  }

  function ranked(exact, related, scores, found, sort) {
    const titled = new Map();
    for (const { titles } of found) for (const article of titles) titled.set(article, (titled.get(article) ?? 0) + 1);
    // Exact hits stand above all others; those with the query in the title above the rest of them.
    const exactScore = (article) => 1000 + 100 * (titled.get(article) ?? 0) + (scores.get(article) ?? 0);
    return [...ordered(exact, "exact", exactScore, sort), ...ordered(related, "related", (article) => scores.get(article) ?? 0, sort)];
  }

  // Articles come newest first. Few scores differ, so they are gathered by score rather than sorted.
  function ordered(articles, tier, scoreOf, sort) {
    const hits = Array.from(articles, (article) => ({ article, tier, score: scoreOf(article) }));
    if (sort === "date") return hits;
    if (sort === "oldest") return hits.reverse();
    const alike = new Map();
    for (const hit of hits) {
      if (!alike.has(hit.score)) alike.set(hit.score, []);
      alike.get(hit.score).push(hit);
    }
    return [...alike.keys()].sort((a, b) => b - a).flatMap((score) => alike.get(score));
  }

  // The contract: every hit of a query, by id.
  async function search(query, filters) {
    const { hits, exact } = await find(query, filters);
    const ids = hits.length ? await Archive.index.ids() : [];
    return { exact, total: hits.length, hits: hits.map(({ article, tier, score }) => ({ id: ids[article], tier, score })) };
  }

  Object.assign(Archive, { search, find });
})();
