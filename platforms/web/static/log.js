// The conversation: bubbles in their order, edits in place, day marks, and where the reader is looking.

import { bubble } from "./bubbles.js";

export class Log {
  constructor(box, pill, parts) {
    this.box = box;
    this.pill = pill;
    this.parts = parts;
    // What stays below all messages: the welcome and the dots.
    this.foot = box.firstElementChild;
    this.stays = true;
    this.messages = new Map();
    this.pending = new Map();
    this.oldest = 0;
    pill.textContent = parts.texts["chat-new-messages"];
    pill.addEventListener("click", () => this.toEnd());
    box.addEventListener("scroll", () => {
      this.stays = this.atEnd();
      if (this.stays) pill.hidden = true;
    });
    // The keyboard and the bars around take their room from the conversation, whose end stays in sight.
    if (window.ResizeObserver) new ResizeObserver(() => this.stays && this.toEnd()).observe(box);
  }

  // News from the server: new ones at the end, known ones in their place, one's own instead of its first sketch.
  // Gives back those of the bot's that were not there before.
  take(messages) {
    const stay = this.atEnd();
    const fresh = [];
    for (const message of messages) {
      if (message.client) this.drop(message.client);
      const known = this.messages.get(message.id);
      if (known) this.change(known, message);
      else if (!message.deleted) {
        this.append(message);
        if (!message.mine) fresh.push(message);
      }
    }
    if (stay) this.toEnd();
    else if (fresh.length) this.pill.hidden = false;
    // Aloud is read what arrives from now on, not what was there at the start.
    setTimeout(() => this.box.setAttribute("aria-live", "polite"));
    return fresh;
  }

  // A page of older ones, above; what the reader looks at stays where it is.
  takeOlder(messages) {
    const height = this.box.scrollHeight;
    const first = this.box.querySelector("article");
    this.box.setAttribute("aria-live", "off");
    for (const message of messages) {
      if (this.messages.has(message.id) || message.deleted) continue;
      const node = this.node(message);
      this.messages.set(message.id, { node, message });
      this.box.insertBefore(node, first);
    }
    this.mark();
    this.box.scrollTop += this.box.scrollHeight - height;
    setTimeout(() => this.box.setAttribute("aria-live", "polite"));
  }

  // One's own message at once, before the server has it.
  sketch(id, message) {
    const node = this.node({ ...message, id: "", mine: true, date: this.now(), buttons: [], entities: [] });
    node.classList.add("pending");
    node.querySelector(".time").textContent = this.parts.texts["chat-sending"];
    this.pending.set(id, node);
    this.box.insertBefore(node, this.foot);
    this.mark();
    this.toEnd();
    // A picture of one's own has its size only once it is read.
    node.querySelectorAll("img").forEach((image) => image.addEventListener("load", () => this.toEnd()));
  }

  // The server's clock may run ahead of this device's, and nothing is said before what was said already.
  now() {
    const dates = [...this.messages.values()].map(({ message }) => message.date);
    return Math.max(Date.now() / 1000, ...dates);
  }

  drop(id) {
    const node = this.pending.get(id);
    if (node) node.remove();
    this.pending.delete(id);
  }

  // How far a file has gone up.
  moves(id, share) {
    const node = this.pending.get(id);
    if (!node) return;
    let bar = node.querySelector("progress");
    if (!bar) {
      bar = document.createElement("progress");
      bar.setAttribute("aria-label", this.parts.texts["chat-sending"]);
      node.querySelector(".bubble").append(bar);
    }
    bar.value = share;
  }

  // Under one's own message that does not get through: that it waits, and a way to try or to let it be.
  stuck(id, { onRetry, onDiscard }) {
    const node = this.pending.get(id);
    if (!node || node.classList.contains("failed")) return;
    const { texts } = this.parts;
    const fate = document.createElement("p");
    fate.className = "fate";
    const state = document.createElement("span");
    state.textContent = texts["chat-not-sent"];
    fate.append(state, action("retry", texts["chat-retry"], onRetry), action("discard", texts["chat-discard"], onDiscard));
    node.classList.add("failed");
    node.append(fate);
    this.toEnd();
  }

  // The server has it; the message itself is on its way.
  unstuck(id) {
    const node = this.pending.get(id);
    if (!node) return;
    node.classList.remove("failed");
    node.querySelectorAll(".fate").forEach((fate) => fate.remove());
  }

  newestPicker() {
    const all = [...this.messages.values()];
    const last = all.length ? all[all.length - 1].message : null;
    return last && !last.mine ? last.picker : null;
  }

  append(message) {
    const node = this.node(message);
    this.messages.set(message.id, { node, message });
    this.box.insertBefore(node, this.box.querySelector(".pending") || this.foot);
    this.mark();
  }

  // Focus stays on the button with the same words, so that a keyboard does not lose its place.
  change(known, message) {
    const focused = known.node.contains(document.activeElement) ? document.activeElement.textContent : null;
    if (message.deleted) {
      known.node.remove();
      this.messages.delete(message.id);
      return;
    }
    const node = this.node(message);
    node.className = known.node.className;
    node.classList.add("still");
    known.node.replaceWith(node);
    this.messages.set(message.id, { node, message });
    if (focused === null) return;
    const buttons = [...node.querySelectorAll(".press")];
    const same = buttons.find((button) => button.textContent === focused) || buttons[0];
    if (same) same.focus({ preventScroll: true });
    else this.box.focus({ preventScroll: true });
  }

  node(message) {
    return bubble(message, this.parts);
  }

  // Day marks, and which bubble follows one of the same side.
  mark() {
    this.box.querySelectorAll(".day").forEach((day) => day.remove());
    let day = "";
    let side = null;
    for (const node of this.box.querySelectorAll("article")) {
      const moment = new Date(node.querySelector("time").dateTime);
      if (moment.toDateString() !== day) {
        day = moment.toDateString();
        side = null;
        node.before(this.dayMark(moment));
      }
      const mine = node.classList.contains("mine");
      node.classList.toggle("follows", side === mine);
      side = mine;
    }
    this.oldest = this.messages.size ? Math.min(...this.messages.keys()) : 0;
  }

  dayMark(moment) {
    const node = document.createElement("div");
    node.className = "day";
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(moment).setHours(0, 0, 0, 0)) / 86400000);
    const { texts, locale } = this.parts;
    if (days === 0) node.textContent = texts["chat-today"];
    else if (days === 1) node.textContent = texts["chat-yesterday"];
    else node.textContent = moment.toLocaleDateString(locale, { month: "long", day: "numeric", weekday: "short" });
    return node;
  }

  atEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 80;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.pill.hidden = true;
  }
}

function action(kind, text, act) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = kind;
  node.textContent = text;
  node.addEventListener("click", act);
  return node;
}
