// The chat page: wires the conversation, the composer and the server together.

import { Bell } from "./bell.js";
import { Composer } from "./composer.js";
import { readBack } from "./history.js";
import { mindKeyboard } from "./keyboard.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { enlarge, prepare } from "./pictures.js";
import { presser } from "./presses.js";
import { sketches } from "./sketches.js";
import { toast } from "./toast.js";
import { beforeTheDoor, follow, getJson } from "./transport.js";
import { Unseen } from "./unseen.js";
import { Waiting } from "./waiting.js";
import { welcome } from "./welcome.js";

const RETRY_MS = 3000;
const find = (id) => document.getElementById(id);

async function start() {
  const hello = await patient(() => getJson("hello"));
  const { texts, locale, title, account } = hello;
  const home = location.pathname;
  document.documentElement.lang = locale;
  find("title").textContent = title;
  find("offline").textContent = texts["chat-offline"];
  find("sign-out-do").textContent = texts["chat-sign-out"];
  find("sign-out").hidden = hello.demo;
  find("sign-out").addEventListener("submit", (event) => {
    if (!window.confirm(texts["chat-sign-out-sure"])) event.preventDefault();
  });
  find("working-words").textContent = texts["chat-typing"];
  find("log").setAttribute("aria-label", title);
  prepare(texts);
  if (hello.demo) import("./demo.js").then((demo) => demo.show(hello));
  const log = new Log(find("log"), find("newer"), { locale, texts, onPress: presser(texts), onPhoto: enlarge });
  const outbox = new Outbox(home, account, sketches(log, texts));
  const onSay = (what) => outbox.say(what);
  const draft = `draft:${home}:${account}`;
  const composer = new Composer({ texts, commands: hello.commands, draft, onSay, toast });
  const waiting = new Waiting(find("waiting"), texts, onSay);
  const greet = welcome(find("welcome"), hello, onSay);
  outbox.restore();
  beforeTheDoor(async () => composer.putBack(await outbox.takeUnkept()));
  readBack(log);
  mindKeyboard();
  const unseen = new Unseen(title, find("icon"));
  const bell = new Bell(find("bell"), { texts, title, base: home, toast });
  let known = false;
  follow({
    onOffline: (is) => {
      find("offline").hidden = !is;
      if (is && !known) greet(true);
    },
    onNews: (news) => {
      const fresh = log.take(news.messages);
      greet(false);
      if (news.waiting) waiting.show(news.waiting);
      composer.pick(log.newestPicker());
      if (known) unseen.add(fresh.length);
      if (known && fresh.some((message) => !message.silent)) bell.ring();
      known = true;
      // The language may have been chosen in the conversation; the page's own words follow it.
      if (news.locale && news.locale !== locale) location.reload();
    },
  });
}

async function patient(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (offline) {
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

if (navigator.serviceWorker) navigator.serviceWorker.register("worker.js").catch(() => {});
start();
