// On the page for wrong addresses: links and styles begin where this script was found, however deep the address was.
"use strict";

{
  const root = new URL("../", document.currentScript.src);
  for (const name of ["href", "action"]) {
    for (const node of document.querySelectorAll(`[${name}]:not([${name}^="#"])`)) {
      node.setAttribute(name, new URL(node.getAttribute(name), root).href);
    }
  }
}
