"use strict";
// The page for grading by hand: shows one group of equal answers after the other, takes keys, sends decisions.

const page = document.body.dataset;
const words = JSON.parse(page.words);
const of = id => document.getElementById(id);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const fields = [...document.querySelectorAll("#criteria input")];
let groups = [], here = 0, names = true, blind = false, last = null, waitingAnswer = null, touched = false;
let saving = false, saves = 0, typed = [];  // keys typed while a decision is on its way are for the next answer

for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
of("of").textContent = say("of", { most: page.points });

async function ask(body) {
  const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-XSRFToken": cookie ? cookie[1] : "" },
    body: JSON.stringify(body),
  };
  const reply = await fetch(page.answers, options);
  const said = await reply.json().catch(() => ({ message: reply.statusText }));
  return { status: reply.status, ok: reply.ok, ...said };
}

function take(told) {
  const now = groups[here] && groups[here].id;
  groups = told.groups;
  blind = told.blind;
  here = Math.max(0, groups.findIndex(group => group.id === now));
}

function total() {
  return fields.reduce((sum, field) => sum + Number(field.value || 0), 0);
}

function show() {
  const group = groups[here];
  const left = groups.filter(each => each.waiting).reduce((sum, each) => sum + each.count, 0);
  const count = groups.reduce((sum, each) => sum + each.count, 0);
  of("left").textContent = left ? say("left", { left, count }) : say("done");
  of("progress").max = count || 1;
  of("progress").value = count - left;
  if (!group) return;
  of("place").textContent = say("answer", { place: here + 1, count: groups.length }) +
    (group.waiting ? ` · ${say("waits")}` : "");
  of("text").innerHTML = group.html;
  showPeople(group);
  fields.forEach((field, n) => { field.value = group.criteria ? group.criteria[n] : 0; });
  of("points").value = group.points === null ? total() : group.points;
  of("comment").value = group.comment;
  mark(null);
  touched = false;
  window.scrollTo(0, 0);
}

function showPeople(group) {
  const line = of("people");
  line.replaceChildren(group.count === 1 ? say("wrote_one") : say("wrote", { count: group.count }));
  if (!names || blind) return;
  for (const person of group.people) {
    const link = document.createElement("a");
    link.href = `${page.formgrader}${person.notebook}/?index=0#${page.question}`;
    link.textContent = person.name;
    link.title = say("formgrader");
    link.target = "_blank";
    line.append(" · ", link);
  }
}

function mark(field) {
  last = field;
  for (const each of fields) each.closest("li").classList.toggle("last", each === field);
}

function change(field, value) {
  field.value = Math.min(Number(field.dataset.most), Math.max(0, value));
  mark(field);
  of("points").value = total();
  touched = true;
}

function go(step, only = () => true) {
  for (let n = 1; n <= groups.length; n += 1) {
    const place = (here + step * n + groups.length * n) % groups.length;
    if (only(groups[place])) { here = place; break; }
  }
  of("said").textContent = "";
  show();
}

async function save(version) {
  if (saving) return;
  saving = true;
  const sent = await send(version).finally(() => { saving = false; saves += 1; });
  if (!sent) typed = [];
  while (typed.length && !saving) {
    const key = typed.shift();
    if (document.activeElement.matches("textarea, input")) write(document.activeElement, key);
    else press(key);
  }
}

function write(field, key) {
  if (key === "Escape") field.blur();
  if (key.length === 1) field.value += key;
  field.dispatchEvent(new Event("input"));
}

async function send(version) {
  const group = groups[here], grader = of("grader").value.trim();
  if (!group) return false;
  if (!grader) { of("said").textContent = say("who"); of("grader").focus(); return false; }
  const points = Number(of("points").value), criteria = fields.map(field => Number(field.value || 0));
  const decision = { group: group.id, version: version || group.version, grader, points, criteria, comment: of("comment").value };
  document.activeElement.blur();
  const told = await ask(decision).catch(error => ({ ok: false, status: 0, message: String(error) }));
  if (told.status === 409) {
    waitingAnswer = told;
    of("said").textContent = say("conflict", { said: told.said });
    return false;
  }
  if (!told.ok) { of("said").textContent = say("failed", { why: told.message || told.status }); return false; }
  take(told);
  go(1, each => each.waiting);
  of("said").textContent = say("saved", { points, count: group.count });
  return true;
}

function decide(theirs) {
  const told = waitingAnswer, mine = groups[here].id;
  waitingAnswer = null;
  if (theirs) { take(told); go(1, each => each.waiting); return; }
  const now = told.groups.find(group => group.id === mine);
  save(now && now.version);
}

const keys = {
  Enter: () => save(),
  j: () => go(1), k: () => go(-1), n: () => go(1, group => group.waiting),
  c: () => of("comment").focus(), p: () => of("points").select(),
  b: () => { names = !names; showPeople(groups[here]); },
  m: () => { of("model").open = !of("model").open; }, q: () => { of("asked").open = !of("asked").open; },
  "+": () => last && change(last, Number(last.value) + 0.5), "-": () => last && change(last, Number(last.value) - 0.5),
};

// Does what a key stands for; false where it stands for nothing.
function press(key) {
  if (waitingAnswer && "ot".includes(key)) { decide(key === "t"); return true; }
  const field = fields[Number(key) - 1];
  if (field) change(field, Number(field.value) ? 0 : Number(field.dataset.most));
  else if (groups.length && keys[key]) keys[key]();
  else return false;
  return true;
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (saving) { typed.push(event.key); event.preventDefault(); return; }
  const typing = event.target.matches("input, textarea");
  if (event.key === "Escape") { event.target.blur(); return; }
  if (typing && !(event.key === "Enter" && event.target.matches("input"))) return;
  if (event.target.matches("summary, a, button") && event.key === "Enter") return;
  if (press(event.key)) event.preventDefault();
});
fields.forEach(field => field.addEventListener("input", () => { mark(field); of("points").value = total(); touched = true; }));
for (const id of ["points", "comment"]) of(id).addEventListener("input", () => { touched = true; });
of("form").addEventListener("submit", event => { event.preventDefault(); save(); });

// What others decide meanwhile is seen at once, but never in the middle of a decision.
async function refresh() {
  const round = saves, told = await ask().catch(() => null);
  if (!told || !told.ok || saving || round !== saves || waitingAnswer || touched || document.activeElement.matches("input, textarea")) return;
  const before = JSON.stringify(groups.map(group => group.version)), first = !groups.length;
  take(told);
  if (first) here = Math.max(0, groups.findIndex(group => group.waiting));
  if (first || before !== JSON.stringify(groups.map(group => group.version))) show();
}

refresh();
setInterval(refresh, 4000);
