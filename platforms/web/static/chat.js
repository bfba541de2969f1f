// The chat page: wires the conversation, the composer and the server together.

import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { atTheDoor, follow, getJson, newId, post } from "./transport.js";

const TOAST_MS = 4000;
const RETRY_MS = 3000;
const find = (id) => document.getElementById(id);

async function start() {
  const hello = await patient(() => getJson("hello"));
  const { texts, locale } = hello;
  document.documentElement.lang = locale;
  document.title = hello.title;
  find("title").textContent = hello.title;
  find("offline").textContent = texts["chat-offline"];
  find("lightbox-close").textContent = texts["chat-close"];
  find("sign-out-do").textContent = texts["chat-sign-out"];
  find("sign-out").hidden = hello.demo;
  find("log").setAttribute("aria-label", hello.title);
  if (hello.demo) import("./demo.js").then((demo) => demo.show(hello));
  const log = new Log(find("log"), find("newer"), { locale, texts, onPress, onPhoto });
  const composer = new Composer({
    texts,
    commands: hello.commands,
    base: `${location.pathname}${hello.account}`,
    onText: (text) => say(log, texts, { text }, (id) => ({ id, text }), () => composer.putBack(text)),
    onPlace: (location) => say(log, texts, { location }, (id) => ({ id, location })),
    onFile: (file, kind, group) => say(log, texts, { text: file.name }, (id) => upload(id, file, kind, group)),
    toast,
  });
  older(log, texts);
  let language = locale;
  follow({
    onOffline: (is) => (find("offline").hidden = !is),
    onNews: async (messages) => {
      const fresh = log.take(messages);
      composer.pick(log.newestPicker());
      count(hello.title, fresh);
      const now = messages.length && language ? await languageNow(language) : language;
      if (now !== language) window.location.reload();
      language = now;
    },
  });
}

// The language may have been chosen in the conversation; the page's own words follow it.
let asked = 0;
async function languageNow(known) {
  if (Date.now() - asked < 1500) return known;
  asked = Date.now();
  try {
    return (await getJson("hello")).locale;
  } catch {
    return known;
  }
}

// Shows what was said at once and sends it until it has arrived, always under the same number.
async function say(log, texts, shown, bodyOf, putBack = () => {}) {
  const id = newId();
  const node = log.sketch(id, { text: "", ...shown });
  for (;;) {
    const answer = await post("say", bodyOf(id));
    if (answer && answer.ok) return;
    if (answer && answer.closed) {
      putBack();
      atTheDoor();
      return;
    }
    if (answer) {
      node.remove();
      log.pending.delete(id);
      toast(answer.error || texts["chat-not-sent"]);
      return;
    }
    await again(node, texts);
  }
}

// Waits a moment, or for a tap on "not sent".
function again(node, texts) {
  node.classList.add("failed");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "retry";
  button.textContent = `${texts["chat-not-sent"]} · ${texts["chat-retry"]}`;
  node.append(button);
  return new Promise((done) => {
    button.addEventListener("click", done, { once: true });
    window.addEventListener("online", done, { once: true });
    setTimeout(done, RETRY_MS);
  }).then(() => {
    button.remove();
    node.classList.remove("failed");
  });
}

function upload(id, file, kind, group) {
  const form = new FormData();
  form.append("id", id);
  form.append("text", "");
  form.append("group", group);
  form.append("kind", kind);
  form.append("file", file, file.name);
  return form;
}

// One press at a time on a card. Its buttons are not disabled, because a disabled one loses the keyboard's focus.
async function onPress(message, button, node) {
  const card = node.closest(".buttons");
  if (card.getAttribute("aria-busy") === "true") return;
  card.setAttribute("aria-busy", "true");
  node.setAttribute("aria-busy", "true");
  const id = newId();
  let answer = null;
  for (let tries = 0; answer === null && tries < 5; tries += 1) {
    answer = await post("press", { id, message: message.id, data: button.data });
    if (answer === null) await new Promise((done) => setTimeout(done, RETRY_MS));
  }
  card.removeAttribute("aria-busy");
  node.removeAttribute("aria-busy");
  if (answer && answer.closed) atTheDoor();
  if (answer && answer.toast) toast(answer.toast);
}

function onPhoto(url) {
  find("lightbox-image").src = url;
  find("lightbox").showModal();
}

function toast(text) {
  const box = find("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), Math.max(TOAST_MS, text.length * 90));
}

// How many messages came while nobody looked.
let unread = 0;
function count(title, fresh) {
  if (document.hidden) unread += fresh;
  document.title = unread ? `(${unread}) ${title}` : title;
}

function older(log, texts) {
  let busy = false;
  log.box.addEventListener("scroll", async () => {
    if (busy || log.box.scrollTop > 60 || !log.oldest || log.box.scrollHeight <= log.box.clientHeight) return;
    busy = true;
    try {
      const page = await getJson(`history?before=${log.oldest}`);
      log.takeOlder(page.messages);
      busy = page.messages.length === 0;
    } catch {
      busy = false;
    }
  });
}

async function patient(ask) {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

find("lightbox-close").addEventListener("click", () => find("lightbox").close());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    unread = 0;
    document.title = document.title.replace(/^\(\d+\) /, "");
  }
});
start();
