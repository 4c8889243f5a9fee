// The wall turns pages: whole rows that do not fit its height stand on a further one, under their heads.
(() => {
"use strict";
const $$ = (what, from) => [...from.querySelectorAll(what)];
const main = document.querySelector("#main"), sign = document.querySelector("#turn");
const SIGN = 36, MARGIN = 8; // pixels
let page = 0, pages = 1;

const placeOf = one => one.getBoundingClientRect();
const rowsOf = list => list.matches("table, .outcomes") ? $$("tbody tr:not(.group, .ask)", list) : [...list.children];
const boxOf = (row, list) => list.matches("table") ? row.parentElement : row.closest("section, [data-turns]");
const askOf = row => row.nextElementSibling?.matches(".ask") ? row.nextElementSibling : null; // it goes with its row

function pagesOf(list) {
  const rows = rowsOf(list), column = placeOf(list.closest(".columns > *") || list.closest("section, main"));
  if (!rows.length) return [rows];
  const top = placeOf(boxOf(rows[0], list)).top, below = column.bottom - placeOf(list).bottom;
  const height = innerHeight - top - below - MARGIN, bottom = row => placeOf(askOf(row) || row).bottom;
  if (bottom(rows.at(-1)) - top <= height) return [rows];
  const less = column.right > innerWidth - 200 ? SIGN : 0; // the sign stands on the right
  const found = [];
  let from = 0, room = 0, box = null;
  for (const row of rows) {
    const begins = boxOf(row, list) !== box; // the head over the first row is a part of the way to it
    if (begins) box = boxOf(row, list);
    const head = placeOf(rows.find(one => boxOf(one, list) === box)).top - placeOf(box).top;
    if (!found.length || bottom(row) - from > room) {
      found.push([]);
      from = placeOf(begins ? box : row).top;
      room = height - less - (begins ? 0 : head);
    }
    found.at(-1).push(row);
  }
  return found;
}
function show(list, shown) {
  const rows = rowsOf(list), boxes = new Set(shown.map(row => boxOf(row, list)));
  for (const row of rows) {
    for (const one of [row, askOf(row)]) one?.classList.toggle("turned", !shown.includes(row));
    boxOf(row, list).classList.toggle("turned", !boxes.has(boxOf(row, list)));
  }
}
function turn(to = null) { // to a page, or to what has changed of the one that is shown
  for (const one of $$(".turned", main)) one.classList.remove("turned");
  const lists = $$("[data-turns]", main).filter(one => one.offsetParent), split = lists.map(pagesOf);
  pages = Math.max(1, ...split.map(one => one.length));
  page = Math.max(0, Math.min(to ?? page, pages - 1));
  lists.forEach((list, n) => show(list, split[n][Math.min(page, split[n].length - 1)]));
  sign.hidden = pages < 2;
  sign.textContent = `${page + 1} of ${pages}`;
}
function goes(by, around) { // whether there is a page to go to, or all go around
  const to = page + by;
  if (to < 0 || to >= pages) { if (around) turn(to < 0 ? pages - 1 : 0); return around; }
  turn(to);
  return true;
}
window.wall = {turn, goes};
addEventListener("resize", () => turn());
turn();
})();
