// The pages are whole without this. It adds suggestions, the own position on a click, moving the map, fresh boards.
import { offerPosition } from "./here.js";
import { keepFresh } from "./refresh.js";
import { followed, movable } from "./map.js";
import { suggest } from "./suggest.js";

const each = (what, does) => document.querySelectorAll(what).forEach(does);

each("[data-place]", suggest);
each("[data-here]", offerPosition);
each("[data-map]", movable);
each(".found .card", followed);
each("[data-board]", keepFresh);
each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
