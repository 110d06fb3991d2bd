// What every page can do with script: choose a scheme, copy a citation, filter a list of people.
"use strict";

function schemeButton(button) {
  const shown = () => document.body.getAttribute("data-md-color-scheme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = shown() === "slate" ? "default" : "slate";
    document.body.setAttribute("data-md-color-scheme", next);
    try { localStorage.setItem("ducha.scheme", next); } catch { /* the choice then lasts for this page */ }
  });
}

function copyButton(button) {
  const text = button.parentElement.querySelector("pre");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "已复制";
    } catch {
      // On file:// the clipboard may be refused: select the text, and the reader copies it.
      getSelection().selectAllChildren(text);
      button.textContent = "已选中";
    }
  });
}

function filterBox(lists) {
  if (!lists.length) return;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "da-filter";
  input.placeholder = lists[0].dataset.filter;
  input.setAttribute("aria-label", `筛选：${lists[0].dataset.filter}`);
  const items = lists.flatMap((list) => [...list.children]).map((item) => [item, item.textContent]);
  input.addEventListener("input", () => {
    const words = input.value.trim().split(/\s+/);
    for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
    for (const list of lists) {
      const empty = [...list.children].every((item) => item.hidden);
      if (list.previousElementSibling?.tagName === "H2") list.previousElementSibling.hidden = empty;
    }
  });
  const before = lists[0].previousElementSibling?.tagName === "H2" ? lists[0].previousElementSibling : lists[0];
  before.before(input);
}

document.querySelectorAll(".da-scheme").forEach(schemeButton);
document.querySelectorAll(".da-copy").forEach(copyButton);
filterBox([...document.querySelectorAll("ul[data-filter]")]);
