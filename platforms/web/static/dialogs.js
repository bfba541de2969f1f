// Dialogs, also in browsers that do not know the element: there it is a box that stands over the page while it is open.

export function openDialog(box) {
  if (box.showModal) {
    box.showModal();
    return;
  }
  box.setAttribute("open", "");
  box.setAttribute("role", "dialog");
  const button = box.querySelector("button");
  if (button) button.focus();
}

export function closeDialog(box) {
  if (box.close) box.close();
  else box.removeAttribute("open");
}
