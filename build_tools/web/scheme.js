// Runs before the page is drawn, so that a chosen scheme never flashes.
"use strict";
(() => {
  document.documentElement.classList.replace("no-js", "js");
  let chosen = null;
  try { chosen = localStorage.getItem("ducha.scheme"); } catch { /* storage is refused in some browsers on file:// */ }
  const dark = chosen ? chosen === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
})();
