// That the bot works: dots after a moment, words when it takes longer.

const DOTS_MS = 300;
const WORDS_MS = 2000;
let running = 0;
let timers = [];

export async function whileWorking(deed) {
  running += 1;
  if (running === 1) timers = [setTimeout(show, DOTS_MS, "working"), setTimeout(show, WORDS_MS, "working-words")];
  try {
    return await deed;
  } finally {
    running -= 1;
    if (running === 0) rest();
  }
}

function show(id) {
  const box = document.getElementById("log");
  const stay = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  document.getElementById(id).hidden = false;
  if (stay) box.scrollTop = box.scrollHeight;
}

function rest() {
  timers.forEach(clearTimeout);
  for (const id of ["working", "working-words"]) document.getElementById(id).hidden = true;
}
