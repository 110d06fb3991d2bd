// The articles that pass the reader's filters.
"use strict";
(() => {
  const Archive = window.Archive;
  const { intersect, everything } = Archive.exact;

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

  Object.assign(Archive, { filtered, roundKey });
})();
