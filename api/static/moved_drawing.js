// Moves the drawing by its viewBox: two fingers, the wheel with Ctrl, dragging with the mouse, or the buttons.
const CLOSEST = 1 / 12;

export function movable(figure, words) {
  const drawing = figure.querySelector("svg");
  const whole = drawing.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const drawnAt = figure.dataset.size ? Number(figure.dataset.size.split(" ")[0]) : full.width;
  let view = { ...full };

  // Letters and dots stay as large as they are, however close the ground comes.
  const show = () => {
    drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    drawing.style.setProperty("--closer", view.width / drawnAt);
  };
  const at = (event) => {
    const box = drawing.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const zoom = (factor, centre = { x: 0.5, y: 0.5 }) => {
    const width = Math.min(full.width, Math.max(full.width * CLOSEST, view.width * factor));
    const height = width * full.height / full.width;
    view = { x: view.x + (view.width - width) * centre.x, y: view.y + (view.height - height) * centre.y, width, height };
    keep();
  };
  const keep = () => {
    view.x = Math.min(Math.max(view.x, full.x), full.x + full.width - view.width);
    view.y = Math.min(Math.max(view.y, full.y), full.y + full.height - view.height);
    show();
  };

  const buttons = document.createElement("div");
  buttons.className = "zoom";
  for (const [sign, label, factor] of [["+", words.zoom_in, 1 / 1.6], ["−", words.zoom_out, 1.6]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => zoom(factor));
    buttons.append(button);
  }
  drawing.after(buttons);

  drawing.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, at(event));
  }, { passive: false });

  const fingers = new Map();
  drawing.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, event));
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) drawing.addEventListener(name, (event) => fingers.delete(event.pointerId));
  drawing.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before || (event.pointerType === "touch" && fingers.size < 2)) return;
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      zoom(apart(before) / Math.max(1, apart(event)), at(event));
    } else {
      const box = drawing.getBoundingClientRect();
      view.x -= (event.clientX - before.clientX) * view.width / box.width;
      view.y -= (event.clientY - before.clientY) * view.height / box.height;
      keep();
    }
    fingers.set(event.pointerId, event);
  });
}

