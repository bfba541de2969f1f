// What the demo adds to the page: who one may be, what is new for whom, the clock, and what to try.

import { closeDialog, openDialog } from "./dialogs.js";
import { getJson, post } from "./transport.js";

const EVERY_MS = 3000;
const SEEN = "demo-seen";
const find = (id) => document.getElementById(id);

export function show(hello) {
  find("demo").hidden = false;
  find("demo").textContent = hello.texts["chat-demo"];
  const tabs = personas(hello.personas);
  const strip = new Strip(find("stage"), hello.locale, hello.phone);
  const current = hello.personas.find((persona) => persona.current);
  const look = async () => {
    try {
      const state = await getJson(`/demo/state?language=${hello.locale}&seen=${asked()}`);
      seeing(current, state);
      strip.draw(state);
      for (const [name, tab] of tabs) mark(tab, name === current.name ? 0 : state.unread[name] || 0, state.texts.unread);
    } catch (kept) {
      // The next look will tell.
    }
  };
  strip.onChange = look;
  // Once, when the counts have made the tabs as wide as they are: later somebody may have moved the row.
  look().then(showCurrent);
  setInterval(() => document.hidden || look(), EVERY_MS);
}

function personas(list) {
  const row = find("personas");
  row.hidden = false;
  const tabs = new Map();
  for (const persona of list) {
    const link = element("a", persona.label);
    link.href = persona.path;
    if (persona.current) link.setAttribute("aria-current", "page");
    const count = element("span", "", "unread");
    count.hidden = true;
    link.append(count);
    row.append(link);
    tabs.set(persona.name, count);
  }
  return tabs;
}

function showCurrent() {
  const row = find("personas");
  const current = row.querySelector("[aria-current]");
  if (current) row.scrollLeft = current.offsetLeft - row.clientWidth / 2 + current.clientWidth / 2;
}

function mark(count, unread, word) {
  count.hidden = unread === 0;
  const said = element("span", ` ${word}`, "aloud");
  count.replaceChildren(String(unread), said);
}

// Which messages of whom this browser has shown.
function known() {
  try {
    return JSON.parse(localStorage.getItem(SEEN) || "{}");
  } catch (kept) {
    return {};
  }
}

function asked() {
  return Object.entries(known()).map(([name, number]) => `${name}:${number}`).join(",");
}

function seeing(current, state) {
  try {
    // A demo that began afresh counts from nought again.
    const kept = Object.entries({ ...known(), [current.name]: state.newest[current.name] || 0 });
    const seen = kept.map(([name, number]) => [name, Math.min(number, state.newest[name] || 0)]);
    localStorage.setItem(SEEN, JSON.stringify(Object.fromEntries(seen)));
  } catch (kept) {
    // A browser that keeps nothing counts everything as new.
  }
}

class Strip {
  constructor(box, locale, phone) {
    this.box = box;
    this.locale = locale;
    this.phone = phone;
    this.onChange = () => {};
    this.drawn = "";
  }

  draw(state) {
    const now = JSON.stringify(state);
    if (now === this.drawn) return;
    this.drawn = now;
    this.box.hidden = false;
    if (!this.parts) this.build(state);
    const { clock, filling, bar, summary, next, list } = this.parts;
    clock.textContent = state.now;
    filling.hidden = bar.hidden = !state.filling;
    filling.textContent = state.filling;
    bar.value = state.progress;
    for (const button of this.parts.moves) button.disabled = Boolean(state.filling);
    summary.textContent = state.count;
    next.textContent = state.next;
    list.replaceChildren(...state.tries.map((one) => this.line(one)));
  }

  build(state) {
    const clock = element("span", "", "clock");
    const moves = ["hour", "day", "next"].map((by) => this.button(state.texts[by], () => this.move(by)));
    const afresh = this.button(state.texts.afresh, () => this.askAfresh(state));
    const filling = element("span", "");
    filling.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 100;
    const tries = document.createElement("details");
    const head = document.createElement("summary");
    const summary = element("b", "");
    const next = element("span", "");
    head.append(summary, next);
    const list = document.createElement("ol");
    const row = element("div", "", "moves");
    const roster = element("a", state.texts.roster);
    roster.href = `/demo/roster.csv?language=${this.locale}`;
    roster.setAttribute("download", "");
    row.append(clock, ...moves, afresh, roster);
    if (this.phone) row.append(this.button(this.phone.button, () => this.showPhone(state)));
    tries.append(head, row, list);
    this.box.append(filling, bar, tries);
    this.parts = { clock, filling, bar, summary, next, list, moves: [...moves, afresh] };
  }

  line(one) {
    const node = document.createElement("li");
    if (one.done) node.className = "done";
    const link = element("a", one.who);
    link.href = `/as/${one.persona}/`;
    node.append(link, element("span", one.text), element("small", one.state));
    return node;
  }

  button(text, act) {
    const node = element("button", text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  async move(by) {
    for (const button of this.parts.moves) button.disabled = true;
    await post("/demo/clock", { by });
    for (const button of this.parts.moves) button.disabled = false;
    await this.onChange();
  }

  // Only where the demo is open to the network: its address to scan, and where the password stands.
  showPhone(state) {
    const picture = document.createElement("img");
    picture.src = this.phone.picture;
    picture.alt = this.phone.address;
    picture.width = picture.height = 240;
    this.ask(state, [picture, element("p", this.phone.address), element("p", this.phone.text)]);
  }

  askAfresh(state) {
    const choices = Object.entries(state.languages).map(([code, name]) => this.button(name, async () => {
      await post("/demo/afresh", { language: code });
      await reborn();
    }));
    this.ask(state, [element("p", state.texts["afresh-ask"]), ...choices]);
  }

  ask(state, parts) {
    const box = document.createElement("dialog");
    box.className = "ask";
    box.append(...parts);
    box.append(this.button(state.texts.cancel, () => {
      closeDialog(box);
      box.remove();
    }));
    document.body.append(box);
    openDialog(box);
  }
}

// The program ends and begins again; the page comes back with it.
async function reborn() {
  const pause = () => new Promise((done) => setTimeout(done, 500));
  for (let gone = false, tries = 0; tries < 60; tries += 1) {
    await pause();
    const there = await fetch("/healthz").then((answer) => answer.ok, () => false);
    if (gone && there) break;
    gone = gone || !there || tries > 8;
  }
  location.reload();
}

function element(name, text, kind = "") {
  const node = document.createElement(name);
  node.textContent = text;
  if (kind) node.className = kind;
  return node;
}
