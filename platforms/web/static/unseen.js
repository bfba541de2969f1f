// How many messages came while nobody looked: in the title, as a dot on the icon, as a number on the installed app.

const SIZE = 64;

export class Unseen {
  constructor(title, icon) {
    this.title = title;
    this.icon = icon;
    this.plain = icon.href;
    this.count = 0;
    document.addEventListener("visibilitychange", () => document.hidden || this.show(0));
    this.show(0);
  }

  add(fresh) {
    if (document.hidden && fresh) this.show(this.count + fresh);
  }

  show(count) {
    this.count = count;
    document.title = count ? `(${count}) ${this.title}` : this.title;
    this.dot(count > 0);
    if (!navigator.setAppBadge) return;
    const badge = count ? navigator.setAppBadge(count) : navigator.clearAppBadge();
    badge.catch(() => {});
  }

  dot(wanted) {
    if (!wanted) {
      this.icon.href = this.plain;
      return;
    }
    const picture = new Image();
    picture.addEventListener("load", () => {
      if (!this.count) return;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = SIZE;
      const pen = canvas.getContext("2d");
      pen.drawImage(picture, 0, 0, SIZE, SIZE);
      pen.fillStyle = "#d9382e";
      pen.strokeStyle = "#ffffff";
      pen.lineWidth = 4;
      pen.beginPath();
      pen.arc(SIZE - 15, 15, 13, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
      this.icon.href = canvas.toDataURL("image/png");
    });
    picture.src = this.plain;
  }
}
