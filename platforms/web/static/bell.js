// Tells by the system's own notification that something came while nobody looked. Others see the screen too, so it never
// says what. Asked for by a tap only; a browser that knows no notifications or keeps nothing has no bell.

export class Bell {
  constructor(button, { texts, title, base, toast }) {
    this.button = button;
    this.texts = texts;
    this.title = title;
    this.base = base;
    this.toast = toast;
    this.key = `bell:${base}`;
    if (!this.possible()) return;
    button.hidden = false;
    button.addEventListener("click", () => this.turn());
    this.show();
  }

  possible() {
    try {
      localStorage.setItem("bell", "");
      localStorage.removeItem("bell");
      return isSecureContext && "Notification" in window && Notification.permission !== "denied";
    } catch (kept) {
      return false;
    }
  }

  isOn() {
    return !this.button.hidden && Notification.permission === "granted" && localStorage.getItem(this.key) === "on";
  }

  async turn() {
    if (this.isOn()) localStorage.removeItem(this.key);
    else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(this.key, "on");
    else this.toast(this.texts["chat-bell-refused"]);
    this.show();
  }

  show() {
    this.button.lastElementChild.textContent = this.texts[this.isOn() ? "chat-bell-on" : "chat-bell-off"];
    this.button.classList.toggle("on", this.isOn());
  }

  async ring() {
    if (!document.hidden || !this.isOn()) return;
    const words = { body: this.texts["chat-bell-rings"], tag: this.base, icon: "/static/icon-192.png" };
    try {
      // On a phone only the worker may show one.
      const worker = navigator.serviceWorker ? await navigator.serviceWorker.getRegistration() : null;
      if (worker) await worker.showNotification(this.title, words);
      else new Notification(this.title, words).onclick = () => window.focus();
    } catch (refused) {
      // The title and the icon tell it as well.
    }
  }
}
