// Runs before the page is drawn, so that a chosen scheme never flashes and the note on Traditional display moves nothing.
"use strict";
(() => {
  document.documentElement.classList.replace("no-js", "js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("ducha.scheme");
    document.documentElement.classList.toggle("hant", localStorage.getItem("ducha.script") === "hant");
  } catch { /* storage is refused in some browsers on file:// */ }
  const dark = chosen ? chosen === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
})();
