// The dates of the results as bars, years or, where they are few, months; a range is drawn over them.
"use strict";
(() => {
  const Archive = window.Archive;
  const { countDates, dateIn } = Archive.page;
  const { el, problem } = Archive.view;

  const MOST_LABELS = 12;

  const inWords = (date) => date.replace(/^(\d+)-(\d+)$/, "$1年$2月").replace(/^\d+$/, "$&年");
  const named = (first, last) => (first === last ? inWords(first) : `${inWords(first)}至${inWords(last)}`);

  // Bars and two fields; `set` puts a range into the filters.
  function box(found, filters, set) {
    const bars = el("div", { class: "da-bars", role: "group", "aria-label": "按日期筛选，可以拖选一段" });
    const field = (label, hint, value) => el("input", { type: "text", inputmode: "numeric", placeholder: hint, "aria-label": label, "data-again": label, value: value ?? "" });
    const from = field("起始日期", "2015-01", filters.from ?? filters.year);
    const to = field("截止日期", "2025-12", filters.to ?? filters.year);
    const range = (first, last) => set({ from: first, to: last, year: "" });
    for (const each of [from, to]) each.addEventListener("change", () => {
      const wrong = each.value.trim() !== "" && !dateIn(each.value);
      each.setCustomValidity(wrong ? "写作 2017、2017-08 或 2017-08-21。" : "");
      if (each.reportValidity()) range(dateIn(from.value), dateIn(to.value));
    });
    Archive.index.dates().then(async (days) => {
      await Archive.breathe();
      const counts = countDates(days, found);
      const most = Math.max(...counts.map(([, , count]) => count), 1);
      const every = Math.ceil(counts.length / MOST_LABELS);
      bars.append(...counts.map(([first, last, count], at) => bar(first, last, count, most, at % every === 0, range)));
      draggable(bars, range);
    }).catch((error) => bars.append(problem(error)));
    return el("details", { open: true, class: "da-dates" }, el("summary", {}, "日期"), bars, el("p", { class: "da-range" }, from, "至", to));
  }

  function bar(first, last, count, most, isLabelled, range) {
    const label = first.length > 4 ? String(Number(first.slice(5))) : first === last ? first.slice(2) : first;
    const made = el("button", { type: "button", title: `${named(first, last)} ${count}篇`, "data-date": first, "data-last": last, "aria-label": `${named(first, last)}，${count}篇`,
      "data-again": "status",
      // A pointer draws; this is for the keyboard.
      onclick: (event) => event.detail === 0 && range(first, last) }, el("span", {}), el("small", {}, isLabelled ? label : "\u00a0"));
    made.firstChild.style.height = `${count ? Math.max(4, (count / most) * 100) : 0}%`;
    return made;
  }

  // From where a pointer goes down to where it is lifted; a finger that scrolls the page chooses nothing.
  function draggable(bars, range) {
    let start = null;
    const at = (x) => {
      const all = [...bars.children];
      const found = all.findIndex((each) => x < each.getBoundingClientRect().right);
      return found < 0 ? all.length - 1 : found;
    };
    const chosen = (x) => {
      const [low, high] = [start, at(x)].sort((a, b) => a - b);
      return [...bars.children].slice(low, high + 1);
    };
    const show = (some) => {
      for (const each of bars.children) each.classList.toggle("da-chosen", some.includes(each));
    };
    bars.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !bars.children.length) return;
      start = at(event.clientX);
      bars.setPointerCapture(event.pointerId);
      show(chosen(event.clientX));
    });
    bars.addEventListener("pointermove", (event) => start !== null && show(chosen(event.clientX)));
    bars.addEventListener("pointercancel", () => { start = null; show([]); });
    bars.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const some = chosen(event.clientX);
      start = null;
      range(some[0].dataset.date, some[some.length - 1].dataset.last);
    });
  }

  Archive.dates = { box };
})();
