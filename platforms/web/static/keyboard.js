// Keeps the composer above a phone's keyboard where the browser lays it over the page instead of making the page smaller.

const NOT_ENLARGED = 1.01;

export function mindKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  view.addEventListener("resize", () => {
    const covered = view.scale < NOT_ENLARGED && window.innerHeight - view.height > 1;
    document.body.style.height = covered ? `${view.height}px` : "";
    if (covered) window.scrollTo(0, 0);
  });
}
