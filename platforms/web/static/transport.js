// Talks to the server: a long poll for what is new, and posts that are sent again under the same number.

const RETRY_MS = [500, 1000, 2000, 5000, 10000];
// The server answers within 25 seconds; a connection that stays silent for longer died without a word.
const SILENCE_MS = 40000;

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What is put away before the page goes.
let putAway = async () => {};
export function beforeTheDoor(deed) {
  putAway = deed;
}

// The sign-in has ended: the server shows the door, and what was typed stays in this tab.
async function atTheDoor() {
  await putAway();
  location.replace(`${location.pathname}?ended`);
}

export async function getJson(path, signal) {
  const answer = await fetch(path, { signal, headers: { Accept: "application/json" } });
  if (answer.status === 403) await atTheDoor();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// The answer's JSON; {ok: false, error} when the server refused it; null when it must be sent again.
export async function post(path, body) {
  const headers = { "X-Chat": "1", "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    return meaning(answer.status, await answer.text());
  } catch (offline) {
    return null;
  }
}

// The same for a form with a file, told by the older way because only that one tells how far it is: from 0 to 1.
export function upload(path, form, onProgress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("X-Chat", "1");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => done(meaning(request.status, request.responseText)));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => done(null));
    request.send(form);
  });
}

function meaning(status, text) {
  // Whoever is no longer let in keeps what they wrote until they are. Asking for the page's words tells whether the
  // sign-in has ended, and leads to the door then.
  if (status === 403) getJson("hello").catch(() => {});
  if (status >= 500 || status === 403) return null;
  try {
    return JSON.parse(text);
  } catch (page) {
    return { ok: false, error: null };
  }
}

// Asks for news for ever. The poll lives behind proxies that would hold back a stream. What stands beside the messages may
// have changed with anything the bot said, and is asked for after it, so that no message waits for it.
export async function follow({ onNews, onOffline }) {
  let address = "events";
  let seq = 0;
  let failures = 0;
  window.addEventListener("offline", () => onOffline(true));
  for (;;) {
    try {
      const news = await poll(address);
      onOffline(false);
      failures = 0;
      seq = Math.max(seq, news.seq);
      const stale = address === "events" || news.messages.some((message) => !message.mine);
      address = `events?after=${seq}${stale ? "&standing" : ""}`;
      onNews(news);
    } catch (offline) {
      onOffline(true);
      // What stands beside the messages is answered at once, and so tells that the connection is back.
      if (address !== "events") address = `events?after=${seq}&standing`;
      await backOnline(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    }
  }
}

// A question asked before the connection was lost may never be answered, so it is given up when there is a new one.
async function poll(address) {
  const asked = new AbortController();
  const giveUp = () => asked.abort();
  const timer = setTimeout(giveUp, SILENCE_MS);
  window.addEventListener("online", giveUp);
  try {
    return await getJson(address, asked.signal);
  } finally {
    clearTimeout(timer);
    window.removeEventListener("online", giveUp);
  }
}

function backOnline(atMost) {
  return new Promise((done) => {
    setTimeout(done, atMost);
    window.addEventListener("online", done, { once: true });
  });
}
