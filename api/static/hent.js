// The pages are whole without this. It adds suggestions, the own position on a click, and moving the map.
import { suggest } from "./suggest.js";
import { movable } from "./map.js";

document.querySelectorAll("[data-place]").forEach(suggest);
document.querySelectorAll("[data-map]").forEach(movable);
document.querySelectorAll('[name="moment"]').forEach((moment) => {
  moment.addEventListener("input", () => {
    const now = document.querySelector('[name="when"][value="now"]');
    if (now?.checked) document.querySelector('[name="when"][value="leave"]').checked = true;
  });
});
