// A line that comes and goes by itself; the longer it is, the longer it stays.

const AT_LEAST_MS = 4000;
const PER_LETTER_MS = 90;
let timer = 0;

export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (box.hidden = true), Math.max(AT_LEAST_MS, text.length * PER_LETTER_MS));
}
