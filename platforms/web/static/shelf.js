// Where this device keeps what has not been sent: the browser's own database, so that it outlives a reload. A browser
// that keeps nothing gives no numbers back, and what was said lives as long as its tab.

const STORE = "outbox";
const PATIENCE_MS = 1500;

export async function openShelf() {
  // Some browsers refuse, and some never answer.
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  return new Shelf(await Promise.race([open().catch(() => null), late]));
}

async function open() {
  const request = indexedDB.open("chat", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
  return answered(request);
}

function answered(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// What was written outlives a reload from here on.
function completed(transaction) {
  return new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

class Shelf {
  constructor(database) {
    this.database = database;
  }

  async ask(mode, question) {
    try {
      const transaction = this.database.transaction(STORE, mode);
      const written = mode === "readwrite" ? completed(transaction) : null;
      const [answer] = await Promise.all([answered(question(transaction.objectStore(STORE))), written]);
      return answer;
    } catch (kept) {
      return null;
    }
  }

  // The number under which it is kept, or null.
  add(entry) {
    return this.ask("readwrite", (store) => store.add(entry));
  }

  async has(number) {
    return (await this.ask("readonly", (store) => store.count(number))) !== 0;
  }

  remove(number) {
    return this.ask("readwrite", (store) => store.delete(number));
  }

  async all() {
    return (await this.ask("readonly", (store) => store.getAll())) || [];
  }
}
