// A picture over the whole window, until it is closed.

import { closeDialog, openDialog } from "./dialogs.js";

const find = (id) => document.getElementById(id);

export function prepare(texts) {
  find("lightbox-close").textContent = texts["chat-close"];
  find("lightbox-close").addEventListener("click", () => closeDialog(find("lightbox")));
}

export function enlarge(url) {
  find("lightbox-image").src = url;
  openDialog(find("lightbox"));
}
