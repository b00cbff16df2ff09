// Runs after textual.js: says where the program's socket is, and starts when the letters can be measured.
"use strict";

const begin = window.onload;
window.onload = async (event) => {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  document.querySelector("#terminal").dataset.sessionWebsocketUrl = `${scheme}//${location.host}/ws`;
  document.querySelector("#again").addEventListener("click", () => location.reload());
  const fonts = ["", "bold ", "italic "].map((style) => document.fonts.load(`${style}16px "Roboto Mono"`));
  await Promise.allSettled(fonts);
  new MutationObserver((_, observer) => {
    if (!document.body.classList.contains("-first-byte")) return;
    observer.disconnect(); // not earlier: textual.js tells the program of the focus, and needs its socket for that
    document.querySelector("#terminal textarea").focus();
  }).observe(document.body, {attributeFilter: ["class"]});
  begin(event);
};
