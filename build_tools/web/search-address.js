// What the search page's address says, and how its values read in Chinese. Pure functions.
"use strict";
(() => {
  const Archive = window.Archive;
  const FACETS = [
    ["province", "省份", true], ["round", "轮次", false], ["stage", "阶段", false], ["level", "级别", false],
    ["city", "市州", false], ["official", "官员", false], ["source", "来源", false],
  ];
  const NAMES = { from: "自", to: "至", year: "年份" };
  const NUMERALS = "〇一二三四五六七八九十";
  const MOST_BARS = 40;
  // Hosts refuse longer addresses, and a page that cannot be loaded again is worse than a query cut short.
  const LONGEST_IN_ADDRESS = 800;
  const DATES = ["year", "from", "to"];
  const KEYS = [...FACETS.map(([key]) => key), ...DATES];

  // A year, a month or a day as the index has them, however it was written (2017年8月, 2017/8); empty if it is none.
  function dateIn(text) {
    const plain = String(text ?? "").normalize("NFKC").trim().replace(/[年月/.]/g, "-").replace(/日$|-$/, "");
    return /^\d{4}(-\d{1,2}){0,2}$/.test(plain) ? plain : "";
  }

  const chinese = (n) => (n <= 10 ? NUMERALS[n] : n < 20 ? `十${NUMERALS[n - 10]}` : String(n));

  // 1.4 -> 中央第一轮第四批; p2 -> 省级第二轮; 1.1h -> a look-back.
  function label(facet, value) {
    if (facet === "level") return { central: "中央", provincial: "省级" }[value] ?? value;
    const match = facet === "round" && /^(p?)(\d+)(?:\.(\d+)(h?))?$/.exec(value);
    if (!match) return value;
    const [, provincial, round, batch, back] = match;
    const turn = round === "0" ? "试点" : `第${chinese(Number(round))}轮`;
    return `${provincial ? "省级" : "中央"}${turn}${batch ? `${back ? "“回头看”" : ""}第${chinese(Number(batch))}批` : ""}`;
  }

  function readAddress(search) {
    const params = new URLSearchParams(search);
    const filters = {};
    for (const key of KEYS) {
      const values = params.getAll(key).filter(Boolean).slice(0, 20);
      if (!DATES.includes(key)) { if (values.length) filters[key] = values; }
      else if (dateIn(values[0])) filters[key] = dateIn(values[0]);
    }
    const sort = ["date", "oldest"].includes(params.get("sort")) ? params.get("sort") : "relevance";
    return { query: params.get("q") ?? "", filters, sort, related: params.get("related") === "1" };
  }

  function writeAddress({ query, filters, sort, related }) {
    const params = new URLSearchParams();
    if (query) params.set("q", Array.from(query).slice(0, LONGEST_IN_ADDRESS).join(""));
    for (const key of KEYS) for (const value of [filters[key] ?? []].flat()) params.append(key, value);
    if (sort !== "relevance") params.set("sort", sort);
    if (related) params.set("related", "1");
    const text = params.toString();
    return text ? `?${text}` : location.pathname.split("/").pop() || "search.html";
  }

  const csvCell = (text) => {
    // A cell that begins like a formula is not one.
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const COLUMNS = ["id", "title", "date", "place", "stage", "source", "tier", "score", "path"];
  const csv = (rows) => "\ufeff" + [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => String(row[name] ?? "")))].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

  const articlePath = (id) => `articles/${/^\d{4}/.test(id) ? id.slice(0, 4) : "undated"}/${id}.html`;
  const dateText = (date) => {
    const [year, month, day] = date.split("-").map(Number);
    return !date ? "日期不详" : `${year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}`;
  };

  // How many of the hits have each value, most first.
  function countValues(facet, found) {
    const counts = [];
    for (const [value, list] of facet) {
      let count = 0;
      for (const article of list) if (found.has(article)) count++;
      if (count) counts.push([value, count]);
    }
    return counts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  // How many of the hits fall in each stretch of time, as first, last and number, empty ones included: in each year, in
  // each month where they span two years at most, in decades or more where one date lies far from the others.
  function countDates(days, found) {
    const years = new Map();
    const months = new Map();
    const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const article of found) {
      if (!days[article]) continue;
      const year = days[article] >> 9;
      count(years, year);
      // A date that names no month counts with the first.
      count(months, year * 12 + Math.max((days[article] >> 5) & 15, 1) - 1);
    }
    const span = (counts) => {
      const keys = [...counts.keys()];
      const low = Math.min(...keys);
      return keys.length ? Array.from({ length: Math.max(...keys) - low + 1 }, (_, i) => [low + i, counts.get(low + i) ?? 0]) : [];
    };
    const byYear = span(years);
    if (byYear.length > 2) return together(byYear);
    return span(months).map(([month, number]) => {
      const name = `${yearName(Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, "0")}`;
      return [name, name, number];
    });
  }

  const yearName = (year) => String(year).padStart(4, "0");

  // Years, or as many of them together as leave bars that a pointer can hit.
  function together(years) {
    const size = [1, 10, 100, 1000].find((step) => years.length / step <= MOST_BARS);
    const stretches = new Map();
    for (const [year, number] of years) {
      const first = Math.floor(year / size) * size;
      stretches.set(first, (stretches.get(first) ?? 0) + number);
    }
    return Array.from(stretches, ([first, number]) => [yearName(first), yearName(first + size - 1), number]);
  }

  Archive.page = { FACETS, KEYS, dateIn, NAMES, COLUMNS, label, readAddress, writeAddress, csv, articlePath, dateText, countValues, countDates };
})();
