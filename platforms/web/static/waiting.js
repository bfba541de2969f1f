// A bar over the composer with what waits for the reader, counted as on the menu. A tap runs the command behind it.

export class Waiting {
  constructor(box, texts, onSay) {
    this.box = box;
    this.onSay = onSay;
    this.head = document.createElement("b");
    this.head.textContent = texts["chat-waiting"];
    this.drawn = "";
    box.setAttribute("aria-label", texts["chat-waiting"]);
  }

  show(waiting) {
    const now = JSON.stringify(waiting);
    if (now === this.drawn) return;
    this.drawn = now;
    this.box.hidden = waiting.length === 0;
    this.box.replaceChildren(this.head, ...waiting.map((one) => this.chip(one)));
  }

  chip({ command, text, count }) {
    const node = document.createElement("button");
    node.type = "button";
    const number = document.createElement("span");
    number.textContent = count;
    node.append(`${text} `, number);
    node.addEventListener("click", () => this.onSay({ text: `/${command}` }));
    return node;
  }
}
