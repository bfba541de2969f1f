// What stands where nothing was said yet: what this is, and where to begin. A look rule hides it beside any message.

const BEGINNINGS = 4;

export function welcome(box, { title, texts, commands }, onSay) {
  const picture = document.createElement("img");
  picture.src = "/static/icon.svg";
  picture.alt = "";
  const head = document.createElement("h2");
  head.textContent = title;
  const words = document.createElement("p");
  const row = document.createElement("div");
  row.className = "beginnings";
  for (const { command, text } of commands.slice(0, BEGINNINGS)) {
    const node = document.createElement("button");
    node.type = "button";
    node.textContent = text;
    node.addEventListener("click", () => onSay({ text: `/${command}` }));
    row.append(node);
  }
  box.replaceChildren(picture, head, words, row);
  return (isOffline) => {
    box.hidden = false;
    words.textContent = texts[isOffline ? "chat-welcome-offline" : "chat-welcome"];
  };
}
