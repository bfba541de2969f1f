// A message's text with its entities, as nodes: nothing a person wrote is ever read as HTML.

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "blockquote" };
const SAFE = /^(https?:|mailto:)/i;

const NUMBER = /([A-Z]{2}-\d{4}-\d{6})/;

// The text as one node in which a problem's number does not break at its hyphens.
export function unbroken(text) {
  const box = document.createElement("span");
  fill(box, text);
  return box;
}

function fill(parent, text) {
  text.split(NUMBER).forEach((piece, place) => {
    if (place % 2 === 0) {
      parent.append(piece);
      return;
    }
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = piece;
    parent.append(number);
  });
}

export function words(text, entities) {
  const box = document.createElement("div");
  box.className = "words";
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  place(box, text, sorted, 0, text.length);
  return box;
}

// Offsets count UTF-16 units, as JavaScript's own strings do.
function place(parent, text, entities, start, end) {
  let at = start;
  const rest = [...entities];
  while (rest.length) {
    const entity = rest.shift();
    const last = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || entity.offset >= end) continue;
    fill(parent, text.slice(at, entity.offset));
    const inner = rest.filter((other) => other.offset + other.length <= last);
    const node = element(entity, text.slice(entity.offset, last));
    place(node, text, inner, entity.offset, last);
    parent.append(node);
    at = last;
  }
  fill(parent, text.slice(at, end));
}

function element(entity, covered) {
  const address = entity.type === "text_link" ? entity.url : entity.type === "url" ? covered : "";
  if (address && SAFE.test(address)) {
    const link = document.createElement("a");
    link.href = address;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    return link;
  }
  return document.createElement(TAGS[entity.type] || "span");
}
