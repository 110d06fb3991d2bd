// The dates of the results as bars, years or, where they are few, months; a range is drawn over them.
"use strict";
(() => {
  const Archive = window.Archive;
  const { countDates } = Archive.page;
  const { el, problem } = Archive.view;

  const named = (name) => name.replace(/^(\d+)-(\d+)$/, "$1年$2月").replace(/^\d+$/, "$&年");

  // Bars and two fields; `set` puts a range into the filters.
  function box(found, filters, set) {
    const bars = el("div", { class: "da-bars", role: "group", "aria-label": "按日期筛选，可以拖选一段" });
    const field = (label, hint, value) => el("input", { type: "text", inputmode: "numeric", placeholder: hint, "aria-label": label, value: value ?? "" });
    const from = field("起始日期", "2015-01", filters.from ?? filters.year);
    const to = field("截止日期", "2025-12", filters.to ?? filters.year);
    const range = (first, last) => set({ from: first, to: last, year: "" });
    for (const each of [from, to]) each.addEventListener("change", () => range(from.value.trim(), to.value.trim()));
    Archive.index.dates().then(async (days) => {
      await Archive.breathe();
      const counts = countDates(days, found);
      const most = Math.max(...counts.map(([, count]) => count), 1);
      bars.append(...counts.map(([name, count]) => bar(name, count, most, range)));
      draggable(bars, range);
    }).catch((error) => bars.append(problem(error)));
    return el("details", { open: true, class: "da-dates" }, el("summary", {}, "日期"), bars, el("p", { class: "da-range" }, from, "至", to));
  }

  function bar(name, count, most, range) {
    const made = el("button", { type: "button", title: `${named(name)} ${count}篇`, "data-date": name, "aria-label": `${named(name)}，${count}篇`,
      // A pointer draws; this is for the keyboard.
      onclick: (event) => event.detail === 0 && range(name, name) }, el("span", {}), el("small", {}, name.length > 4 ? String(Number(name.slice(5))) : name.slice(2)));
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
      range(some[0].dataset.date, some[some.length - 1].dataset.date);
    });
  }

  Archive.dates = { box };
})();
