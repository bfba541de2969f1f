// One press at a time on a card. Its buttons are not disabled, because a disabled one loses the keyboard's focus.

import { toast } from "./toast.js";
import { newId, post } from "./transport.js";
import { whileWorking } from "./working.js";

const TRIES = 5;
const RETRY_MS = 2000;

export function presser(texts) {
  return async (message, button, node) => {
    const card = node.closest(".buttons");
    if (card.getAttribute("aria-busy") === "true") return;
    for (const part of [card, node]) part.setAttribute("aria-busy", "true");
    const answer = await whileWorking(send({ id: newId(), message: message.id, data: button.data }));
    for (const part of [card, node]) part.removeAttribute("aria-busy");
    if (answer === null) toast(texts["chat-not-pressed"]);
    else if (answer.toast) toast(answer.toast);
  };
}

// A press is not kept for later: what it was meant for may have changed by then.
async function send(press) {
  for (let tries = 1; ; tries += 1) {
    const answer = await post("press", press);
    if (answer !== null || tries === TRIES || !navigator.onLine) return answer;
    await new Promise((done) => setTimeout(done, RETRY_MS));
  }
}
