// Talks to the server: a long poll for what is new, and posts that are sent again under the same number.

const RETRY_MS = [500, 1000, 2000, 5000, 10000];

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The sign-in has ended: the server shows the door, and what was typed stays in this tab.
export function atTheDoor() {
  location.replace(`${location.pathname}?ended`);
}

export async function getJson(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (answer.status === 403) atTheDoor();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// The answer's JSON; {ok: false, error} when the server refused it, {closed} when the sign-in has ended; null when it must be sent again.
export async function post(path, body) {
  const isForm = body instanceof FormData;
  const headers = isForm ? { "X-Chat": "1" } : { "X-Chat": "1", "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
    if (answer.status >= 500) return null;
    if (answer.status === 403) return { ok: false, closed: true };
    const type = answer.headers.get("Content-Type") || "";
    return type.includes("json") ? answer.json() : { ok: false, error: null };
  } catch {
    return null;
  }
}

// Asks for news for ever. The poll lives behind proxies that would hold back a stream.
export async function follow({ onNews, onOffline }) {
  let seq = 0;
  let failures = 0;
  for (;;) {
    try {
      const news = await getJson(`events?after=${seq}`);
      onOffline(false);
      failures = 0;
      seq = Math.max(seq, news.seq);
      onNews(news.messages);
    } catch {
      onOffline(true);
      await new Promise((done) => setTimeout(done, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]));
      failures += 1;
    }
  }
}
