// What every page can do with script: choose a scheme and a script, copy a citation, filter a list, open the raw page.
"use strict";

const here = document.currentScript.src;

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(address, here).href;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

let table = null;
function traditionalTable() {
  return (table ??= load("traditional.js").then(() => load("traditional-table.js")));
}

function scriptButton(button) {
  const root = document.documentElement;
  const name = () => {
    const [label, words] = root.classList.contains("hant") ? ["简", "简体显示"] : ["繁", "繁体显示"];
    button.textContent = label;
    button.setAttribute("aria-label", words);
  };
  const keep = (value) => {
    try { localStorage.setItem("ducha.script", value); } catch { return false; }
    return true;
  };
  name();
  const show = () => traditionalTable().then(() => window.Archive.showTraditional()).catch(() => {});
  if (root.classList.contains("hant")) show();
  button.addEventListener("click", () => {
    // Back to what was published by loading it again: nothing then depends on undoing a conversion.
    if (root.classList.contains("hant")) { keep("hans"); location.reload(); return; }
    keep("hant");
    root.classList.add("hant");
    name();
    show();
  });
}

function schemeButton(button) {
  const shown = () => document.body.getAttribute("data-md-color-scheme");
  button.addEventListener("click", () => {
    const next = shown() === "slate" ? "default" : "slate";
    document.body.setAttribute("data-md-color-scheme", next);
    try { localStorage.setItem("ducha.scheme", next); } catch { /* the choice then lasts for this page */ }
  });
}

function copyButton(text) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "da-copy", textContent: "复制" });
  button.setAttribute("aria-live", "polite");
  text.after(button);
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

function rawBeside(details) {
  details.addEventListener("toggle", async () => {
    const note = document.createElement("p");
    note.className = "da-note";
    note.setAttribute("role", "status");
    note.textContent = "正在载入……";
    details.append(note);
    try {
      await Promise.all([traditionalTable(), load("beside.js")]);
      let raw = null;
      window.Archive.raw = (text) => { raw = text; };
      await load(new URL(details.dataset.raw, location.href).href);
      note.remove();
      window.Archive.beside(details, raw);
    } catch {
      note.textContent = "未能载入原件；可下载原始页面对照。";
    }
  }, { once: true });
}

function filterBox(groups) {
  const input = document.createElement("input");
  input.type = "search";
  input.className = "da-filter";
  input.placeholder = groups.dataset.filter;
  input.setAttribute("aria-label", `筛选：${groups.dataset.filter}`);
  const items = [...groups.querySelectorAll("li")].map((item) => [item, item.textContent]);
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    const words = (window.Archive?.simplified?.(typed) ?? typed).split(/\s+/);
    for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
    for (const group of groups.children) group.hidden = !group.querySelector("li:not([hidden])");
  });
  groups.before(input);
}

document.querySelectorAll(".da-scheme").forEach(schemeButton);
document.querySelectorAll(".da-script").forEach(scriptButton);
document.querySelectorAll(".da-cite pre").forEach(copyButton);
document.querySelectorAll(".da-beside").forEach(rawBeside);
document.querySelectorAll("[data-filter]").forEach(filterBox);
