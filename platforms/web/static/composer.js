// Writing: text that grows, files, place, voice, the command list, the calendar of the page.

const TOO_LARGE = 20 * 1024 * 1024;
// So long a device may look for where it is.
const PATIENCE_MS = 30000;

export class Composer {
  constructor({ texts, commands, draft, onSay, toast }) {
    this.texts = texts;
    this.key = draft;
    this.onSay = onSay;
    this.toast = toast;
    this.find();
    this.name();
    this.listen();
    this.listCommands(commands);
    this.listExtras();
    this.restore();
  }

  find() {
    for (const id of ["composer", "text", "send", "menu", "attach", "commands", "extras", "photos", "files", "picker"]) {
      this[id] = document.getElementById(id);
    }
    this.pickerInput = document.getElementById("picker-input");
  }

  name() {
    this.text.placeholder = this.texts["chat-say"];
    this.text.setAttribute("aria-label", this.texts["chat-say"]);
    this.send.setAttribute("aria-label", this.texts["chat-send"]);
    this.commands.setAttribute("aria-label", this.texts["chat-menu"]);
    this.menu.setAttribute("aria-label", this.texts["chat-menu"]);
    this.attach.setAttribute("aria-label", this.texts["chat-attach"]);
    document.getElementById("picker-label").textContent = this.texts["chat-pick-date"];
  }

  listen() {
    this.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => {
      // A key that ends an input method's word must not send the message.
      const coarse = matchMedia("(pointer: coarse)").matches;
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !coarse) {
        event.preventDefault();
        this.submit();
      }
    });
    this.menu.addEventListener("click", () => this.toggle(this.commands, this.menu));
    this.attach.addEventListener("click", () => this.toggle(this.extras, this.attach));
    this.photos.addEventListener("change", () => this.chosen(this.photos, "photo"));
    this.files.addEventListener("change", () => this.chosen(this.files, "document"));
    this.pickerInput.addEventListener("change", () => this.picked());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("paste", (event) => this.dropped(event.clipboardData, event));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => this.dropped(event.dataTransfer, event));
  }

  submit() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.grow();
    this.close();
    this.onSay({ text });
  }

  // What could not be sent is there again, also on the page that is opened next in this tab.
  putBack(words) {
    this.text.value = [...words, this.text.value].filter(Boolean).join("\n");
    this.grow();
  }

  grow() {
    this.send.disabled = !this.text.value.trim();
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
    try {
      sessionStorage.setItem(this.key, this.text.value);
    } catch (kept) {
      // A browser that keeps nothing still sends.
    }
  }

  restore() {
    try {
      this.text.value = sessionStorage.getItem(this.key) || "";
    } catch (kept) {
      this.text.value = "";
    }
    this.grow();
  }

  listCommands(commands) {
    for (const command of commands) {
      const node = document.createElement("button");
      node.type = "button";
      const word = document.createElement("b");
      word.textContent = command.text;
      const what = document.createElement("span");
      what.textContent = command.description;
      node.append(word, what);
      node.addEventListener("click", () => {
        this.close();
        this.onSay({ text: `/${command.command}` });
      });
      this.commands.append(node);
    }
  }

  listExtras() {
    const choices = [
      [this.texts["chat-photo"], () => this.photos.click()],
      [this.texts["chat-file"], () => this.files.click()],
    ];
    if (navigator.geolocation && isSecureContext) choices.push([this.texts["chat-location"], () => this.where()]);
    if (window.MediaRecorder && navigator.mediaDevices) choices.push([this.texts["chat-record"], (node) => this.record(node)]);
    for (const [label, act] of choices) {
      const node = document.createElement("button");
      node.type = "button";
      node.textContent = label;
      node.addEventListener("click", () => act(node));
      this.extras.append(node);
    }
  }

  toggle(box, button) {
    const open = box.hidden;
    this.close();
    box.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open && box.firstElementChild) box.firstElementChild.focus();
  }

  close() {
    for (const [box, button] of [[this.commands, this.menu], [this.extras, this.attach]]) {
      box.hidden = true;
      button.setAttribute("aria-expanded", "false");
    }
  }

  chosen(input, kind) {
    this.sendFiles([...input.files], kind);
    input.value = "";
    this.close();
  }

  dropped(transfer, event) {
    const files = transfer ? [...transfer.files] : [];
    if (!files.length) return;
    event.preventDefault();
    const pictures = files.every((file) => file.type.startsWith("image/"));
    this.sendFiles(files, pictures ? "photo" : "document");
  }

  sendFiles(files, kind) {
    const group = files.length > 1 ? `${Date.now()}-${files.length}` : "";
    for (const file of files) {
      if (file.size > TOO_LARGE) this.toast(this.texts["chat-file-too-large"]);
      else this.onSay({ file, name: file.name, kind, group });
    }
  }

  where() {
    const found = ({ coords }) => {
      this.close();
      this.onSay({ location: { latitude: coords.latitude, longitude: coords.longitude } });
    };
    navigator.geolocation.getCurrentPosition(found, () => this.toast(this.texts["chat-location-missing"]), { timeout: PATIENCE_MS });
  }

  async record(node) {
    if (this.recorder) {
      this.recorder.stop();
      return;
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (refused) {
      this.toast(this.texts["chat-record-refused"]);
      return;
    }
    const pieces = [];
    this.recorder = new MediaRecorder(stream);
    node.textContent = this.texts["chat-stop-recording"];
    this.recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    this.recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      node.textContent = this.texts["chat-record"];
      this.recorder = null;
      this.close();
      const file = new Blob(pieces, { type: pieces.length ? pieces[0].type : "" });
      this.onSay({ file, name: "voice", kind: "voice", group: "" });
    });
    this.recorder.start();
  }

  // The page's own calendar, while the newest message asks for a date.
  pick(kind) {
    this.picker.hidden = !kind;
    if (kind) this.pickerInput.type = kind === "datetime" ? "datetime-local" : "date";
  }

  picked() {
    const value = this.pickerInput.value.replace("T", " ");
    if (!value) return;
    this.pickerInput.value = "";
    this.picker.hidden = true;
    this.onSay({ text: value });
  }
}
