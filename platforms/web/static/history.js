// Older messages, a page at a time, as the reader scrolls up.

import { getJson } from "./transport.js";

const NEAR_TOP = 60;

export function readBack(log) {
  let busy = false;
  log.box.addEventListener("scroll", async () => {
    if (busy || log.box.scrollTop > NEAR_TOP || !log.oldest || log.box.scrollHeight <= log.box.clientHeight) return;
    busy = true;
    try {
      const { messages } = await getJson(`history?before=${log.oldest}`);
      log.takeOlder(messages);
      busy = messages.length === 0;
    } catch (offline) {
      busy = false;
    }
  });
}
