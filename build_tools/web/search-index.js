// The index as it lies on disk: scripts that hand over their data, loaded when asked for, kept while in use.
"use strict";
(() => {
  const Archive = window.Archive;
  const { sumOf, Bits, members, isRare, records, treeOf, fileOf, spellingOf, spelled } = Archive.bits;
  const FORMAT = 3;
  // How many shards, articles, facets and parts of the catalogue stay in memory, those used last.
  const SHARDS = 32, ARTICLES = 400, FACETS = 12, CATALOGUES = 4;
  const base = new URL("../search/", document.currentScript.src);
  const waiting = new Map();
  const coming = new Map();

  class ShardError extends Error {
    constructor(name, reason, path = `search/${name}.js`) {
      super(`文件 ${path} ${reason}`);
      this.shard = name;
    }
  }

  Archive.receive = (name, count, sum, text) => waiting.get(name)?.({ count, sum, text });

  // One script, once at a time; what it brought is the caller's to keep.
  function load(name) {
    if (!coming.has(name)) {
      const promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const fail = (reason) => reject(new ShardError(name, reason));
        waiting.set(name, (data) =>
          sumOf(data.text) === data.sum ? resolve(data) : fail("已损坏"));
        script.onerror = () => fail("缺失");
        // Too late to matter where the data has come; says so where the script ran and brought none.
        script.onload = () => fail("已损坏");
        script.addEventListener("load", () => script.remove());
        script.src = new URL(`${name}.js`, base).href;
        document.head.append(script);
      });
      promise.finally(() => { waiting.delete(name); coming.delete(name); }).catch(() => {});
      coming.set(name, promise);
    }
    return coming.get(name);
  }

  // What `make` gives for a key, kept for the keys used last; a failure is forgotten so that a later search tries again.
  function keeping(most, make) {
    const kept = new Map();
    return (key) => {
      const found = kept.get(key) ?? make(key);
      kept.delete(key);
      kept.set(key, found);
      if (kept.size > most) kept.delete(kept.keys().next().value);
      found.catch(() => kept.get(key) === found && kept.delete(key));
      return found;
    };
  }

  let opened = null;

  // What must be known before anything can be asked for.
  async function open() {
    opened ??= load("index").then((data) => {
      const [tree, rest] = data.text.split("\n");
      const index = JSON.parse(rest);
      if (index.format !== FORMAT) throw new ShardError("index", "格式版本不符");
      index.tree = treeOf(tree);
      let base = 0;
      index.volumes = index.volumes.map((size) => ({ size, base: (base += size) - size }));
      index.readings = new Map([...index.readings].flatMap((c, i, all) => (i % 2 ? [] : [[c, all[i + 1]]])));
      return index;
    });
    opened.catch(() => (opened = null));
    return opened;
  }

  // Traditional -> Simplified, loaded only for a text with characters that may be.
  async function simplified() {
    const data = await load("fold");
    const bits = new Bits(data.text);
    const table = new Map();
    for (let i = 0, code = 0; i < data.count; i++) {
      code += bits.golomb(1) + 1;
      table.set(String.fromCodePoint(code), String.fromCodePoint(bits.golomb(13)));
    }
    return table;
  }

  // A file of lists: for each volume its records by string.
  const shard = keeping(SHARDS, async (number) => {
    const { volumes } = await open();
    const name = `g/${number}`;
    const { text } = await load(name);
    try {
      const sections = text.split("\n");
      return volumes.map((volume, i) => records(sections[i], volume));
    } catch {
      throw new ShardError(name, "已损坏");
    }
  });

  // The records near a string.
  const shardFor = async (characters) => shard(fileOf(characters, (await open()).tree));

  // The volume that an article is in, and its place there.
  async function placeOf(article) {
    const { volumes } = await open();
    const volume = volumes.findLastIndex(({ base }) => base <= article);
    return [volume, article - volumes[volume].base];
  }

  const spelling = keeping(1, async () => spellingOf((await load("spelling")).text));

  const fieldsOf = (line) => {
    const [id, title, date, place, stage, source] = line.split("\t");
    return { id, title, date, place, stage, source };
  };

  async function spelledFile(name) {
    const [code, data] = await Promise.all([spelling(), load(name)]);
    try {
      return spelled(data, code);
    } catch {
      throw new ShardError(name, "已损坏");
    }
  }

  // An article as its text file tells it.
  async function article(number) {
    const [first, ...lines] = (await spelledFile(`t/${(await placeOf(number)).join("-")}`)).split("\n");
    const fields = fieldsOf(first);
    return { ...fields, title: fields.title || lines[0], supplied: fields.title !== "", lines };
  }

  // A part of the catalogue: the fields of a volume's articles.
  const catalogue = keeping(CATALOGUES, async (volume) => (await spelledFile(`c/${volume}`)).split("\n").map(fieldsOf));
  async function listed(number) {
    const [volume, place] = await placeOf(number);
    return (await catalogue(volume))[place];
  }

  // A facet: each value with its articles.
  async function facet(name) {
    const index = await open();
    const data = await load(`f/${name}`);
    const [lists, ...values] = data.text.split("\n");
    const bits = new Bits(lists);
    return new Map(values.slice(0, data.count).map((value) => [value, members(bits, bits.golomb() + 1, index.articles)]));
  }

  // Each article's date as year * 512 + month * 32 + day; 0 where it has none.
  async function dates() {
    const data = await load("f/date");
    const bits = new Bits(data.text);
    const days = new Uint32Array(data.count);
    for (let i = 0, day = 0; i < data.count; i++) days[i] = day = i === 0 ? bits.golomb(1) : day - bits.golomb(1);
    return days;
  }

  const ids = async () => (await load("ids")).text.split("\n");
  const data = async (name) => load(name);

  Archive.index = {
    base, open, shardFor, ShardError, keeping, listed,
    simplified: keeping(1, simplified), article: keeping(ARTICLES, article), facet: keeping(FACETS, facet),
    dates: keeping(1, dates), ids: keeping(1, ids), data: keeping(FACETS, data),
  };

  // How characters fold; Traditional ones by a table that is loaded for a text with characters that may be.
  async function foldingFor(text) {
    const index = await Archive.index.open();
    const folderWith = (simplified) => Archive.text.folder({ variants: index.variants, dropped: index.dropped, simplified });
    const isStrange = (character) => isRare(character) || index.traditional.includes(character);
    if ([...text].some(isStrange)) index.wide ??= folderWith(await Archive.index.simplified());
    return index.wide ?? (index.narrow ??= folderWith(new Map()));
  }

  // Lets the page answer its reader between two steps of work.
  const breathe = () => new Promise((resolve) => {
    // Not a timer: those are slowed down in a page that is not looked at.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(null);
  });

  Object.assign(Archive, { foldingFor, breathe });
})();
