// Talks to the server: a long poll for what is new, and posts that are sent again under the same number.

const RETRY_MS = [500, 1000, 2000, 5000, 10000];

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function getJson(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// The answer's JSON; {ok: false, error} when the server refused it; null when it must be sent again.
export async function post(path, body) {
  const isForm = body instanceof FormData;
  const headers = isForm ? { "X-Chat": "1" } : { "X-Chat": "1", "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
    // Whoever is no longer let in keeps what they wrote until they are.
    if (answer.status >= 500 || answer.status === 403) return null;
    const type = answer.headers.get("Content-Type") || "";
    return type.includes("json") ? answer.json() : { ok: false, error: null };
  } catch (offline) {
    return null;
  }
}

// Asks for news for ever. The poll lives behind proxies that would hold back a stream.
export async function follow({ onNews, onOffline }) {
  let seq = null;
  let failures = 0;
  for (;;) {
    try {
      const news = await getJson(seq === null ? "events" : `events?after=${seq}`);
      onOffline(false);
      failures = 0;
      seq = Math.max(seq || 0, news.seq);
      onNews(news);
    } catch (failure) {
      if (failure.message === "403") location.reload();
      onOffline(true);
      await backOnline(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    }
  }
}

function backOnline(atMost) {
  return new Promise((done) => {
    setTimeout(done, atMost);
    window.addEventListener("online", done, { once: true });
  });
}
