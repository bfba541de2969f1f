// One bubble from one message, and its buttons.

import { unbroken, words } from "./words.js";

const LONG = 28;

export function bubble(message, { locale, texts, onPress, onPhoto, base }) {
  const box = document.createElement("article");
  box.className = message.mine ? "message mine" : "message";
  box.dataset.id = message.id;
  box.setAttribute("aria-label", texts[message.mine ? "chat-you" : "chat-bot"]);
  const body = document.createElement("div");
  body.className = "bubble";
  if (message.photo) body.append(photo(message.photo, onPhoto));
  if (message.document) body.append(file(message.document));
  if (message.voice) body.append(voice(message.voice));
  if (message.location) body.append(place(message.location));
  if (message.text) body.append(words(message.text, message.entities || []));
  body.append(time(message.date, locale));
  box.append(body);
  if (message.buttons && message.buttons.length) box.append(buttons(message, onPress));
  return box;
}

export function time(seconds, locale) {
  const mark = document.createElement("time");
  mark.className = "time";
  const moment = new Date(seconds * 1000);
  mark.dateTime = moment.toISOString();
  mark.textContent = moment.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
  return mark;
}

function buttons(message, onPress) {
  const box = document.createElement("div");
  box.className = "buttons";
  for (const row of message.buttons) {
    const line = document.createElement("div");
    // A week of the calendar: seven narrow cells, whose days must not break in two.
    line.className = row.length > 5 ? "line narrow" : "line";
    for (const button of row) line.append(button.url ? link(button) : press(message, button, onPress));
    box.append(line);
  }
  return box;
}

function press(message, button, onPress) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = button.text.length > LONG ? "press long" : "press";
  node.append(unbroken(button.text));
  node.dataset.data = button.data;
  node.addEventListener("click", () => onPress(message, button, node));
  return node;
}

function link(button) {
  const node = document.createElement("a");
  node.className = "press";
  node.textContent = button.text;
  if (/^https?:/i.test(button.url)) node.href = button.url;
  node.rel = "noopener noreferrer";
  node.target = "_blank";
  return node;
}

function photo(shown, onPhoto) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "photo";
  const image = document.createElement("img");
  image.src = shown.url;
  image.alt = "";
  image.loading = "lazy";
  // The place is kept before the picture comes, so that nothing jumps.
  if (shown.width && shown.height) {
    image.width = shown.width;
    image.height = shown.height;
  }
  node.append(image);
  node.addEventListener("click", () => onPhoto(shown.url));
  return node;
}

function file(shown) {
  const node = document.createElement("a");
  node.className = "file";
  node.href = shown.url;
  node.download = shown.name;
  const label = document.createElement("span");
  const name = document.createElement("b");
  name.textContent = shown.name;
  const size = document.createElement("small");
  size.textContent = `${Math.max(1, Math.round(shown.size / 1024))} KB`;
  label.append(name, size);
  node.append(label);
  return node;
}

function voice(shown) {
  const node = document.createElement("audio");
  node.controls = true;
  node.preload = "none";
  node.src = shown.url;
  return node;
}

function place(where) {
  const node = document.createElement("div");
  node.textContent = `📍 ${where.latitude.toFixed(5)}, ${where.longitude.toFixed(5)}`;
  return node;
}
