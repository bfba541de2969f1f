// What a person said and the server has not confirmed: sent one after another in its order, each again under the same
// number until it has arrived, and kept on the device meanwhile.

import { openShelf } from "./shelf.js";
import { newId, post, upload } from "./transport.js";
import { whileWorking } from "./working.js";

const RETRY_MS = 3000;

export class Outbox {
  // An entry is {id, home, account, what}. `view` draws them: waits, moves, fails, arrived, refused.
  constructor(home, account, view) {
    this.home = home;
    this.account = account;
    this.view = view;
    this.queue = [];
    this.running = false;
    this.failing = false;
    this.shelf = openShelf();
    window.addEventListener("online", () => this.hurry());
  }

  // What an earlier visit left. What somebody else left behind in this browser is theirs: it is never sent, and goes.
  async restore() {
    const shelf = await this.shelf;
    for (const entry of await shelf.all()) {
      if (entry.home !== this.home) continue;
      if (entry.account === this.account) this.enqueue({ ...entry, kept: Promise.resolve(entry.number) });
      else await shelf.remove(entry.number);
    }
    this.run();
  }

  say(what) {
    const entry = { id: newId(), home: this.home, account: this.account, what };
    const kept = this.shelf.then((shelf) => shelf.add(entry));
    this.enqueue({ ...entry, kept });
    this.run();
  }

  enqueue(entry) {
    this.queue.push(entry);
    this.view.waits(entry);
    if (this.failing) this.fails(entry);
  }

  fails(entry) {
    this.view.fails(entry, { retry: () => this.hurry(), discard: () => this.forget(entry) });
  }

  async forget(entry) {
    this.queue = this.queue.filter((one) => one.id !== entry.id);
    const number = await entry.kept;
    if (number !== null) await (await this.shelf).remove(number);
  }

  // The words of what this device could not keep: they are no longer to be sent. All else waits for the next visit.
  async takeUnkept() {
    const words = [];
    for (const entry of [...this.queue]) {
      if ((await entry.kept) !== null || !entry.what.text) continue;
      await this.forget(entry);
      words.push(entry.what.text);
    }
    return words;
  }

  hurry() {
    if (this.wake) this.wake();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.queue.length) {
      this.failing = !(await alone(this.home, () => this.pass(this.queue[0])));
      if (this.failing) {
        for (const entry of this.queue) this.fails(entry);
        await new Promise((done) => {
          this.wake = done;
          setTimeout(done, RETRY_MS);
        });
      }
    }
    this.running = false;
  }

  // Whether the entry is done with.
  async pass(entry) {
    const number = await entry.kept;
    const sentElsewhere = number !== null && !(await (await this.shelf).has(number));
    const answer = sentElsewhere ? { ok: true } : await whileWorking(this.send(entry));
    if (answer === null) return false;
    await this.forget(entry);
    if (answer.ok) this.view.arrived(entry);
    else this.view.refused(entry, answer.error);
    return true;
  }

  send(entry) {
    const { id, what } = entry;
    if (!what.file) return post("say", { id, ...what });
    return upload("say", form(id, what), (share) => this.view.moves(entry, share));
  }
}

// Two tabs of one person share what is kept, and only one of them sends it.
function alone(home, deed) {
  return navigator.locks ? navigator.locks.request(`outbox:${home}`, deed) : deed();
}

function form(id, { file, name, kind, group }) {
  const filled = new FormData();
  for (const [field, value] of Object.entries({ id, text: "", group, kind })) filled.append(field, value);
  filled.append("file", file, name);
  return filled;
}
