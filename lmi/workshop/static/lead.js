// The facilitator's leaves and keys: which leaf of a step the wall shows, and the way in over it.
(() => {
"use strict";
const {role, view} = document.body.dataset, main = document.querySelector("#main"), {wall} = window;
const byId = id => document.getElementById(id), $$ = (what, from) => [...from.querySelectorAll(what)];

// A leaf by its name, the next, the one before, or the way in over it.
function show(what) {
  const box = byId(what), tabs = $$("[data-tabs] [role=tab]", main);
  if (box?.tagName === "DIALOG") return void (box.open ? box.close() : box.showModal());
  const at = tabs.findIndex(one => one.getAttribute("aria-selected") === "true");
  const by = {next: 1, previous: -1}[what];
  if (by && wall?.goes(by, !tabs.length)) return;
  const to = {next: tabs[(at + 1) % tabs.length], previous: tabs[(at - 1 + tabs.length) % tabs.length]}[what] || box;
  if (to?.getAttribute("role") === "tab") choose(to, false, by < 0 ? Infinity : 0);
}
const tabsOf = tab => $$("[role=tab]", tab.closest("[data-tabs]"));
function choose(tab, focus = true, to = 0) {
  for (const one of tabsOf(tab)) {
    const on = one === tab;
    one.setAttribute("aria-selected", on);
    one.tabIndex = on ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !on;
  }
  wall?.turn(to);
  if (focus) tab.focus();
}
window.lead = {show, choose};

// A presenter's remote, and the keys of a wall that nobody types on.
const KEYS = {PageDown: "next", ArrowRight: "next", PageUp: "previous", ArrowLeft: "previous", j: "joinbox"};
document.addEventListener("keydown", event => {
  const {target, key, ctrlKey, altKey, metaKey} = event;
  if (role !== "facilitator" || view === "desk" || ctrlKey || altKey || metaKey || !KEYS[key]) return;
  if (target.closest("input, select, textarea, [role=tab]") || (KEYS[key] !== "joinbox" && !wall && !main.querySelector("[data-tabs]"))) return;
  event.preventDefault();
  show(KEYS[key]);
});
document.addEventListener("keydown", event => {
  if (event.target.getAttribute("role") !== "tab") return;
  const tabs = tabsOf(event.target), at = tabs.indexOf(event.target);
  const to = {ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1}[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose(tabs[(to + tabs.length) % tabs.length]);
});
})();
