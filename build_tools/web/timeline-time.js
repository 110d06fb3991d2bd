// The timeline's arithmetic: stretches of time, how bars cut them, which articles a choice lets through. No page in it.
"use strict";

const TimelineTime = (() => {
  const DAY = 86400000;
  const MANY_YEARS = 15; // more, and months would be too narrow to point at

  const MOST_TICKS = { day: 31, month: 12, year: 24 }; // that have room for their words below the axis
  const STATE = ["zoom", "province", "batch", "kind", "stage", "official"];

  const dateOf = (day) => new Date(day * DAY);
  const dayOf = (year, month = 0, day = 1) => Date.UTC(year, month, day) / DAY;
  const two = (number) => String(number).padStart(2, "0");

  /** First and last day of a zoom ("", "2010s", "2017", "2017-08", "2017-08-21"), and the unit of its bars. */
  function rangeOf(zoom, columns) {
    if (/^\d{4}s$/.test(zoom)) return { first: dayOf(parseInt(zoom)), last: dayOf(parseInt(zoom) + 10) - 1, unit: "month" };
    const [year, month, day] = zoom.split("-").map(Number);
    if (day) return { first: dayOf(year, month - 1, day), last: dayOf(year, month - 1, day), unit: "day" };
    if (month) return { first: dayOf(year, month - 1), last: dayOf(year, month) - 1, unit: "day" };
    if (year) return { first: dayOf(year), last: dayOf(year + 1) - 1, unit: "month" };
    let [low, high] = [Infinity, -Infinity];
    const see = (value) => { low = Math.min(low, value); high = Math.max(high, value); };
    columns.day.forEach(see);
    columns.batches.forEach((batch) => batch.slice(3).forEach((date) => see(Date.parse(date) / DAY)));
    const [from, to] = [dateOf(low).getUTCFullYear(), dateOf(high).getUTCFullYear()];
    return { first: dayOf(from), last: dayOf(to + 1) - 1, unit: to - from < MANY_YEARS ? "month" : "year" };
  }

  /** The zooms that contain a zoom, widest first, each with its name: 2010年代, 2017年, 8月, 21日. */
  function pathTo(zoom) {
    if (!zoom) return [];
    const decade = `${zoom.slice(0, 3)}0s`;
    const steps = [[decade, `${zoom.slice(0, 3)}0年代`]];
    if (zoom === decade) return steps;
    const parts = zoom.split("-");
    parts.forEach((part, depth) => steps.push([parts.slice(0, depth + 1).join("-"), `${Number(part)}${"年月日"[depth]}`]));
    return steps;
  }

  /** The stretch of the same length before (-1) or after (1) a zoom. */
  function beside(zoom, step) {
    if (zoom.endsWith("s")) return `${parseInt(zoom) + 10 * step}s`;
    const [year, month, day] = zoom.split("-").map(Number);
    if (day) return dateOf(dayOf(year, month - 1, day + step)).toISOString().slice(0, 10);
    if (month) return dateOf(dayOf(year, month - 1 + step)).toISOString().slice(0, 7);
    return String(year + step);
  }

  /** A round's or a batch's articles: "R1" stands for every batch of the first round. */
  function batchesOf(choice, columns) {
    return new Set(columns.batches.flatMap(([id], at) => (id === choice || id.slice(0, 2) === choice ? [at] : [])));
  }

  /** Places of the articles that a state lets through, in the archive's order; ``named`` are those of an official. */
  function matching(state, columns, range, named) {
    const kind = state.kind && String(columns.kinds.indexOf(state.kind));
    const stage = state.stage && String(columns.stages.indexOf(state.stage));
    const province = columns.provinces.indexOf(state.province);
    const batches = state.batch && batchesOf(state.batch, columns);
    const found = [];
    for (let at = 0; at < columns.day.length; at++) {
      const day = columns.day[at];
      if (day < range.first || day > range.last) continue;
      if (kind && columns.kind[at] !== kind) continue;
      if (stage && columns.stage[at] !== stage) continue;
      if (batches && !batches.has(columns.batch[at])) continue;
      if (state.province && !columns.province[at].includes(province)) continue;
      if (named && !named.has(at)) continue;
      found.push(at);
    }
    return found;
  }

  /** The days on site to draw: the batches', or one province's own. */
  function stays(state, columns) {
    const province = columns.provinces.indexOf(state.province);
    const rows = province < 0 ? columns.batches.map((batch, at) => [at, ...batch.slice(3)]) : columns.stays[province];
    const wanted = state.batch && batchesOf(state.batch, columns);
    return rows
      .filter(([at, from]) => from && (!wanted || wanted.has(at)))
      .map(([at, from, to]) => ({ label: columns.batches[at][1], address: columns.batches[at][2], from, to, first: Date.parse(from) / DAY, last: Date.parse(to) / DAY }));
  }

  /** The bars of a range: first day, days, name, and the zoom that each stands for. */
  function bins(range) {
    const found = [];
    for (let day = range.first; day <= range.last;) {
      const date = dateOf(day);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      const cut = {
        day: () => ({ next: day + 1, zoom: date.toISOString().slice(0, 10), name: `${year}年${month + 1}月${date.getUTCDate()}日` }),
        month: () => ({ next: dayOf(year, month + 1), zoom: `${year}-${two(month + 1)}`, name: `${year}年${month + 1}月` }),
        year: () => ({ next: dayOf(year + 1), zoom: String(year), name: `${year}年` }),
      }[range.unit]();
      found.push({ first: day, days: cut.next - day, zoom: cut.zoom, name: cut.name });
      day = cut.next;
    }
    return found;
  }

  /** Marks below the axis: years under months, days or months under days. */
  function ticks(range) {
    const days = range.last - range.first + 1;
    const unit = range.unit === "day" ? "day" : days > 366 ? "year" : "month";
    const label = { day: (zoom) => String(Number(zoom.slice(8))), month: (zoom) => `${Number(zoom.slice(5))}月`, year: (zoom) => zoom }[unit];
    const all = bins({ ...range, unit });
    const every = Math.ceil(all.length / MOST_TICKS[unit]);
    return all.filter((_, at) => at % every === 0).map((bin) => ({ ...bin, label: label(bin.zoom) }));
  }

  /** Counts of articles by bin and kind. */
  function counted(places, columns, cuts) {
    const counts = cuts.map(() => new Array(columns.kinds.length).fill(0));
    for (const at of places) {
      let [low, high] = [0, cuts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (cuts[middle].first <= columns.day[at]) low = middle;
        else high = middle - 1;
      }
      counts[low][Number(columns.kind[at])]++;
    }
    return counts;
  }

  /** Whether a zoom is a decade, a year, a month or a day that there is. */
  function isZoom(zoom) {
    if (/^\d{3}0s$/.test(zoom)) return true;
    if (!/^\d{4}(-\d\d){0,2}$/.test(zoom)) return false;
    const [year, month = 1, day = 1] = zoom.split("-").map(Number);
    const date = dateOf(dayOf(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  }

  /** What an address says; nonsense in it is passed over. */
  function readState(hash) {
    const params = new URLSearchParams(hash.replace(/^#/, ""));
    return Object.fromEntries(STATE.map((name) => [name, params.get(name)]).filter(([name, value]) => value && (name !== "zoom" || isZoom(value))));
  }
  const writeState = (state) => new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();

  return { DAY, dateOf, rangeOf, pathTo, beside, matching, stays, bins, ticks, counted, readState, writeState };
})();
