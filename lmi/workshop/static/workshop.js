// What a page of the workshop does: sends what people enter, once, and shows what has changed.
// Inputs wait in localStorage until the server has them on disk, through sleep and lost networks.
(() => {
"use strict";
const body = document.body, {role, session, who, view, base = ""} = body.dataset;
if (!session) return;
const $ = (what, from = document) => from.querySelector(what);
const $$ = (what, from = document) => [...from.querySelectorAll(what)];
const byId = id => document.getElementById(id);
const csrf = $("meta[name=csrf]").content;
const main = $("#main"), status = $("#status"), notice = $("#notice"), {wall, lead} = window;
const AS = `as=${role[0]}`; // one browser may hold the cookies of both roles

// Storage: one key an input, so that two tabs never overwrite each other's. Without it (private
// windows of some phones) a page keeps things while it is open.
const spare = new Map();
const attempt = (does, or) => { try { return does(); } catch { return or(); } };
const keep = (key, value) => attempt(() => localStorage.setItem(key, value), () => spare.set(key, value));
const kept = key => attempt(() => localStorage.getItem(key), () => null) ?? spare.get(key) ?? null;
const forget = key => { attempt(() => localStorage.removeItem(key), () => 0); spare.delete(key); };
const keysWith = start => [...new Set([...attempt(() => Object.keys(localStorage), () => []), ...spare.keys()])]
  .filter(key => key.startsWith(start)).sort();
// What waits belongs to a person: a phone that is handed on never sends another's words.
const MINE = `lmi:${session}:${role}:${who}:`, QUEUE = `${MINE}q:`, DRAFT = `${MINE}d:`;
for (const key of keysWith(`lmi:${session}:${role}:`)) if (!key.startsWith(MINE)) forget(key);

// crypto.randomUUID is missing on http pages, which a laptop serves.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
let hush;
const say = (text, off = false) => {
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("off", off);
  clearTimeout(hush);
  if (!off) hush = setTimeout(() => { status.textContent = ""; }, 5000);
};
const alarm = text => { const box = $("#alert"); $("p", box).textContent = text; box.hidden = false; };
const HERE = role === "facilitator" ? "here" : "on this phone", OFFLINE = `Not connected: kept ${HERE}, will be sent.`;

const post = (path, data, signal) => fetch(base + path, {method: "POST", body: JSON.stringify(data), signal,
  headers: {"Content-Type": "application/json", "X-CSRF": csrf}});
const now = () => fetch(`${base}/now?${AS}`);

// Sending: one at a time, in order, tried again until the server answers.
let sending = false, wait = 500, again, last = 0;
function enqueue(kind, data, done = "Saved") {
  if (kind === "weigh") // only the newest weights matter, of those that are not under way
    for (const key of keysWith(QUEUE)) if (key !== sending && JSON.parse(kept(key)).kind === kind) forget(key);
  last = Math.max(Date.now(), last + 1);
  keep(`${QUEUE}${String(last).padStart(15, "0")}`, JSON.stringify({id: newId(), kind, data, done}));
  wait = 500;
  send();
}
async function send() {
  if (sending) return;
  clearTimeout(again);
  const key = keysWith(QUEUE)[0];
  if (!key) return;
  const {id, kind, data, done} = JSON.parse(kept(key));
  sending = key;
  let answer, code = 0;
  try {
    const reply = await post("/in", {id, kind, data}, timeout(10000));
    code = reply.status;
    answer = await reply.json().catch(() => ({}));
  } catch { /* no network: tried again below */ }
  sending = false;
  if (code === 200) {
    forget(key);
    wait = 500;
    if (kind !== "step") say(done);
    if (role === "facilitator") $("#alert").hidden = true; // what was refused before is not stood over the next step
    if (kind === "decide") written();
    if (kind === "weigh") refresh(["ranking"]);
    else if (["say", "withdraw", "effort"].includes(kind)) refresh(["ground"]);
    else if (kind === "agree") refresh(["choice"]);
    return send();
  }
  if (code === 401) return gone();
  if (code === 403 && role === "participant") {
    say("Not sent.", true); // somebody else has joined in another tab since
    return void note("Somebody else uses this phone now; what you entered was not sent in their name.", "Load the page again", () => location.reload());
  }
  // A phone waits until a closed workshop is open again; a step that was pressed then moves nobody later.
  if (code >= 400 && code < 500 && ![408, 425, 429, role === "facilitator" || 423].includes(code)) {
    forget(key);
    alarm(answer.error || "That could not be taken in.");
    if (kind === "step" || kind === "decide" || kind === "agree") catchUp();
    return send();
  }
  say(answer?.error ? `${answer.error} Kept ${HERE}, will be sent.` : OFFLINE, true);
  again = setTimeout(send, wait * (.7 + .6 * Math.random()));
  wait = Math.min(wait * 2, code === 423 ? 30000 : 8000);
}
let watched; // whoever is let back in goes on by themselves
const watch = () => { watched = setTimeout(async () => (await now().catch(() => 0)).ok ? location.reload() : watch(), 5000); };
function gone() {
  if (!watched) watch();
  say("Not in the room: what you enter is kept on this phone.", true);
  note("You are not in the room any more. Ask the facilitator to let you back in; what waits is sent then.", "Join as somebody new", () => location.assign(`${base}/`));
}
const timeout = ms => { const stop = new AbortController(); setTimeout(() => stop.abort(), ms); return stop.signal; };

// Showing: parts are fetched and swapped; focus, what is being typed and what is unfolded stay.
const asked = new Map();
let arriving; // the step, while it is loaded: what is told meanwhile may be newer than it
const load = (box, name) => box === main ? arriving = fetched(box, name) : fetched(box, name);
async function fetched(box, name) {
  const turn = (asked.get(box) || 0) + 1;
  asked.set(box, turn);
  try {
    const q = box.dataset.q ? `&q=${encodeURIComponent(box.dataset.q)}` : "";
    const reply = await fetch(`${base}/part/${name}?${AS}${q}`, {signal: timeout(15000)});
    if (reply.status === 401) gone();
    if (!reply.ok) return false;
    const html = await reply.text();
    if (asked.get(box) === turn) swap(box, html);
    return true;
  } catch { return false; }
}
function swap(box, html) {
  const had = document.activeElement, inside = box.contains(had) && had !== box, id = inside && had.id;
  const again = inside && !id && had.dataset.json && [had.dataset.send, had.dataset.json];
  const range = id && "selectionStart" in had && had.type !== "range" ? [had.selectionStart, had.selectionEnd] : null;
  const open = new Map($$("details[id]", box).map(d => [d.id, d.open]));
  const typed = $$("input[id],textarea[id],select[id]", box).filter(f => f.dataset.typed).map(f => [f.id, f.value, f.checked]);
  const tab = $("[aria-selected=true]", box)?.id;
  box.innerHTML = html;
  for (const [key, isOpen] of open) { const d = byId(key); if (d && box.contains(d)) d.open = isOpen; }
  restore(box);
  for (const [key, value, checked] of typed) {
    const f = byId(key);
    if (f) Object.assign(f, {value, checked}).dataset.typed = 1;
  }
  if (tab && byId(tab)) lead.choose(byId(tab), false, null);
  else wall?.turn();
  if (!inside) return;
  const back = id ? byId(id)
    : again && $$(`[data-send="${again[0]}"]`, box).find(b => b.dataset.json === again[1]);
  if (back && box.contains(back)) {
    back.focus({preventScroll: true});
    if (range?.[0] != null) attempt(() => back.setSelectionRange(...range), () => 0);
  } else (box === main ? main : box.closest("main") || main).focus({preventScroll: true});
}
// What a busy server did not give in time is asked for again.
const refresh = (names, tries = 4) => Promise.all($$("[data-part]")
  .filter(b => names.includes(b.dataset.part) && b !== main)
  .map(async b => { if (!await load(b, b.dataset.part) && tries) setTimeout(refresh, 3000, [b.dataset.part], tries - 1); }));

// Following: the server says what has changed; after a gap the page catches up with all it shows.
let socket, pause = 500, seq = Number(body.dataset.seq), step = body.dataset.step, pending = new Set(), soon;
function connect() {
  if (socket && socket.readyState < 2) return;
  socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${base}/ws?${AS}`);
  const mine = socket;
  mine.onopen = () => { pause = 500; wait = 500; if (status.classList.contains("off")) say(keysWith(QUEUE).length ? "Connected. Sending." : "Connected."); send(); };
  mine.onmessage = event => follow(JSON.parse(event.data));
  mine.onclose = () => {
    if (mine !== socket) return;
    if (!document.hidden) say(role === "facilitator" ? "Not connected to the workshop." : OFFLINE, true);
    setTimeout(connect, pause * (.7 + .6 * Math.random()));
    if (pause > 2000) catchUp(); // some networks let pages through and no sockets
    pause = Math.min(pause * 2, 8000);
  };
}
const shown = () => $$("[data-part]").map(b => b.dataset.part);
const SLOW = ["ground", "ranking"], slow = new Set();
let later = 0;
function follow(news) {
  const gap = news.seq !== seq && !news.changed.length;
  seq = news.seq;
  if (news.show) return void (view !== "desk" && lead.show(news.show));
  if (news.step !== step) return void moveTo(news.step);
  const names = gap ? shown() : news.changed;
  // What is known grows with every word: phones look at it again every few seconds.
  if (role === "participant" && !gap && names.some(n => SLOW.includes(n))) {
    for (const n of names) if (SLOW.includes(n)) slow.add(n);
    later ||= setTimeout(() => { later = 0; refresh([...slow]); slow.clear(); }, 2000 + 4000 * Math.random());
  }
  for (const name of names) if (!slow.has(name)) pending.add(name);
  if (!soon && pending.size) {
    // A hundred phones must not ask in the same instant.
    soon = setTimeout(async () => {
      await arriving;
      const due = [...pending];
      pending.clear();
      soon = 0;
      refresh(due);
      if (due.includes("step") && !gap && view !== "desk") load(main, wanted);
    }, role === "facilitator" ? 0 : 900 * Math.random());
  }
}
async function catchUp() {
  const news = await now().then(r => r.status === 401 ? gone() : r.json()).catch(() => null);
  if (news) { seq = -1; follow({...news, changed: []}); }
}
let wanted = main.dataset.shows; // what is loaded, or being loaded: a step is never swapped for the one before
async function moveTo(name) {
  step = wanted = name;
  notice.hidden = true;
  const head = $("[data-part=head]");
  load(head, "head");
  if (view === "desk") return void refresh(shown());
  if (!await load(main, name)) { step = ""; return void setTimeout(catchUp, 3000); }
  wall?.turn(0);
  main.dataset.shows = name;
  if ($("#manage")) $("#manage").open = false; // names are not for the room
  scrollTo(0, 0);
  if (role !== "facilitator") {
    say(`The room is now at: ${name[0].toUpperCase()}${name.slice(1)}`);
    unsent();
  }
}
async function look(name) {
  wanted = name;
  if (!await load(main, name)) { wanted = main.dataset.shows; return; }
  main.dataset.shows = name;
  scrollTo(0, 0);
  main.focus({preventScroll: true});
  if (name === step) notice.hidden = true;
  else note("You are looking back.", "To where the room is", () => look(step));
}
const made = (tag, more) => Object.assign(document.createElement(tag), more);
const press = (textContent, onclick) => made("button", {type: "button", textContent, onclick});
function note(text, label, does) {
  notice.replaceChildren(made("p", {textContent: text}), press(label, does));
  notice.hidden = false;
}
const KNOWN = /-text$|-effort$/, WORDS = /-text$|-effort$|-why$/;
const typedIn = fields => keysWith(DRAFT).some(k => fields.test(k) && kept(k)?.trim());
function unsent() { // words that were typed and not sent when the room moved on
  if (typedIn(KNOWN) && main.dataset.shows !== "know") note("You have words that you did not send. They are kept.", "Open them", () => look("know"));
}

// Drafts: what is typed and not yet sent survives a swap, a reload and a flat battery.
const ticked = ({type}) => /box|radio/.test(type);
const drafted = ({id, type, form}) => id && !/range|search/.test(type)
  && (role === "participant" ? form?.dataset.form || !/box|radio/.test(type) : form?.dataset.form === "decide");
function restore(box) {
  for (const field of $$("input,textarea,select", box).filter(drafted)) {
    const draft = kept(DRAFT + field.id);
    if (draft === null) continue;
    if (ticked(field)) field.checked = draft;
    else if (draft !== field.value) { field.value = draft; if (field.dataset.query) pick(field); }
  }
  if (role === "participant") {
    const waiting = keysWith(QUEUE).map(k => JSON.parse(kept(k))).filter(i => i.kind === "weigh").pop();
    if (waiting?.data.weights) for (const [key, value] of Object.entries(waiting.data.weights)) {
      const slider = byId(`w-${key}`);
      if (slider) slider.value = value;
    }
  }
  shares();
}
// A decision that was saved: nothing of it is a draft any more.
function written() {
  for (const key of keysWith(DRAFT)) forget(key);
  for (const field of $$("[data-form=decide] [data-typed]")) delete field.dataset.typed;
}
document.addEventListener("input", event => {
  const field = event.target;
  field.dataset.typed = 1;
  if (field.form?.dataset.form === "decide") byId("d-was").dataset.typed = 1; // it is of what was there then
  if (drafted(field)) for (const one of ticked(field) ? field.form : [field]) if (one.name === field.name) keep(DRAFT + one.id, ticked(one) && !one.checked ? "" : one.value);
  if (field.type === "range") { shares(); weigh(); }
  if (field.closest("[data-search]")) find(field.closest("[data-search]"));
});
document.addEventListener("change", event => {
  const field = event.target;
  if (field.type === "range") weigh(true);
  if (field.dataset.query) pick(field);
  if (field.name === "how") {
    $("[data-weigh]").hidden = field.value !== "sliders";
    $("[data-order]").hidden = field.value !== "order";
  }
  const scale = field.closest("[data-item]");
  if (scale) enqueue("say", {candidate: scale.dataset.candidate, text: "", rating: Number(field.value), item: scale.dataset.item, show_name: false});
});
function pick(field) {
  for (const name of field.dataset.query.split(" ")) {
    const box = $(`[data-part=${name}]`);
    if (box) { box.dataset.q = field.value; load(box, name); }
  }
  for (const box of $$(`[data-needs="${field.id}"]`)) box.hidden = !field.value;
}
let typing;
function find(form) {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const key = form.elements.candidate.value, editor = $("[data-part=editor]"), found = $("[data-part=industries]");
    $("[data-part=sectors]").dataset.q = key;
    if (editor.dataset.q !== key) { editor.dataset.q = key; load(editor, "editor"); }
    found.dataset.q = `${key} ${form.elements.words.value}`.slice(0, 60);
    load(found, "industries");
  }, 250);
}

// Weighing: a share is a slider over the sum of those that have data, in whole percents that add up to
// a hundred, as the server has them (`lmi.words.whole_percents`); scores come from the server.
const slidersOf = () => $$("[data-weigh] input[type=range]", main);
function shares() {
  const all = slidersOf(), counts = one => !("uncounted" in one.dataset);
  const sum = all.filter(counts).reduce((s, one) => s + Number(one.value), 0);
  const exact = all.map(one => counts(one) && sum ? 100 * one.value / sum : 0), whole = exact.map(x => Math.floor(x + 1e-4));
  const costly = [...all.keys()].sort((a, b) => Math.round(1e6 * (whole[a] - exact[a] - whole[b] + exact[b])) || a - b);
  for (const at of costly.slice(0, sum && 100 - whole.reduce((a, b) => a + b))) whole[at]++;
  for (const [at, one] of all.entries()) {
    const share = counts(one) ? `${whole[at]}%` : "no data";
    byId(`s-${one.name}`).textContent = share;
    one.setAttribute("aria-valuetext", `${one.value} of ${one.max}, ${share}${counts(one) ? " of your weight" : ""}`);
  }
}
let throttle, sent = 0;
function weigh(now = false) {
  clearTimeout(throttle);
  const due = () => {
    sent = Date.now();
    const weights = Object.fromEntries(slidersOf().map(one => [one.name, Number(one.value)]));
    if (!Object.values(weights).some(Boolean)) return alarm("Raise at least one slider.");
    $("#alert").hidden = true;
    enqueue("weigh", {weights});
  };
  const rest = 200 - (Date.now() - sent);
  if (now || rest <= 0) due(); else throttle = setTimeout(due, rest);
}
const order = () => enqueue("weigh", {order: $$("[data-order] [data-key]", main).map(one => one.dataset.key)});

// Forms: names say the type ("rating:int", "next[]", "answers.agreed"); two of one name are joined.
function valuesOf(form) {
  const data = {};
  for (const field of form.elements) {
    const found = /^([\w-]+)(?:\.([\w-]+))?(\[\])?(?::(\w+))?$/.exec(field.name || "");
    if (!found) continue;
    const [, name, key, many, type] = found;
    if (many) { data[name] ??= []; if (field.checked) data[name].push(type === "int" ? Number(field.value) : field.value); continue; }
    if (type === "bool") { data[name] = field.checked; continue; }
    if (field.type === "radio" && !field.checked) continue;
    const value = type === "int" ? (field.value ? Number(field.value) : null) : field.value;
    if (key) { data[name] ??= {}; data[name][key] = [data[name][key], value.trim()].filter(Boolean).join(": "); }
    else data[name] = value;
  }
  return data;
}
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.matches("[data-leave]")) return leave(event, form);
  if (!form.matches("[data-form],[data-weigh],[data-order],[data-search]")) return;
  event.preventDefault();
  if (form.matches("[data-weigh]")) return weigh(true);
  if (form.matches("[data-order]")) return order();
  if (!form.dataset.form) return;
  const data = {...valuesOf(form), ...JSON.parse(form.dataset.also || "{}")};
  const [from, as] = (form.dataset.with || ":").split(":");
  if (from) data[as] = byId(from).value;
  if (form.dataset.form === "decide") delete byId("d-was").dataset.typed; // a draft until it is taken in
  else for (const field of form.elements) { forget(DRAFT + field.id); delete field.dataset.typed; }
  if (role === "participant") { say("Sending."); if (!form.dataset.also && form.dataset.form !== "why") form.reset(); }
  enqueue(form.dataset.form, data, form.dataset.done);
});
// A phone that is handed on keeps nothing of who had it.
function leave(event, form) {
  const typed = typedIn(WORDS), waits = keysWith(QUEUE).length > 0;
  const drop = () => { for (const key of keysWith(MINE)) forget(key); form.submit(); };
  event.preventDefault();
  if (!typed && !waits) return drop();
  note(typed ? "You have words that you did not send." : "Something waits to be sent.", "Drop it and leave", drop);
  const stay = press(typed ? "Send it first" : "Wait until it is sent",
    () => { notice.hidden = true; if (typed) look(typedIn(KNOWN) ? "know" : step); else send(); });
  notice.append(stay);
  notice.scrollIntoView({block: "center"});
  stay.focus({preventScroll: true});
}
document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  const {send: kind, json, confirm: ask, look: to, move, pick: sector, show: what, dialog, tick} = button.dataset;
  if (kind === "step" && event.detail > 1) return; // a double click is one step
  if (kind && (!ask || confirm(ask))) {
    for (const field of button.form?.elements || []) delete field.dataset.typed;
    enqueue(kind, JSON.parse(json));
  }
  else if (sector) {
    const about = $("#about");
    about.value = sector;
    about.dispatchEvent(new Event("input", {bubbles: true}));
    about.dispatchEvent(new Event("change", {bubbles: true}));
    about.scrollIntoView({block: "start"});
    about.focus({preventScroll: true});
  }
  else if (what) post("/show", {what}).catch(() => alarm("Not connected to the workshop."));
  else if (dialog) lead.show(dialog);
  else if (to) look(to);
  else if (tick) for (const field of $$(`input[data-${tick}]`, button.form)) { field.checked = true; field.dataset.typed = 1; }
  else if ("dismiss" in button.dataset) button.parentElement.hidden = true;
  else if (move) {
    const row = button.closest("[data-key]"), other = move < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other) { if (move < 0) other.before(row); else other.after(row); button.focus(); order(); }
  } else if (button.getAttribute("role") === "tab") lead.choose(button);
});
if (view === "desk") setInterval(() => refresh(["clock", "people"]), 20000);
let slept = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { slept = Date.now(); return; }
  if (Date.now() - slept > 20000) socket?.close(); // a socket that slept may be dead without knowing it
  connect();
  send();
});
addEventListener("online", () => { wait = pause = 500; connect(); send(); });
addEventListener("offline", () => say(OFFLINE, true));
restore(document);
connect();
send();
})();
