// Draws the page without a connection. Only the page, its words and its looks are kept: never a message, never a file.
// The network is asked first, so that nothing old is shown while it is there.

const HOME = new URL(self.registration.scope).pathname;
const KEPT = `page:${HOME}`;
const FILES = [
  "apple-touch-icon.png", "bell.js", "bubbles.js", "chat.css", "chat.js", "composer.js", "demo.js", "dialogs.js",
  "history.js", "icon-192.png", "icon-512.png", "icon.svg", "keyboard.js", "log.js", "maskable-192.png",
  "maskable-512.png", "outbox.js", "pictures.js", "presses.js", "shelf.js", "sketches.js", "toast.js", "transport.js",
  "unseen.js", "waiting.js", "welcome.js", "words.js", "working.js",
];
const PAGE = [HOME, `${HOME}hello`, ...FILES.map((name) => `/static/${name}`)];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PAGE)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === "GET" && origin === location.origin && PAGE.includes(pathname)) event.respondWith(fresh(event.request));
});

// A tap on the notification leads back to the page that waits in some tab.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window" }).then(([page]) => (page ? page.focus() : self.clients.openWindow(HOME))));
});

async function fresh(request) {
  const kept = await caches.open(KEPT);
  let answer;
  try {
    answer = await fetch(request);
  } catch (offline) {
    const known = await kept.match(request);
    if (known) return known;
    throw offline;
  }
  if (answer.ok) await kept.put(request, answer.clone());
  else if (answer.status === 403) await caches.delete(KEPT);
  return answer;
}
