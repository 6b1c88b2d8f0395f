// A combobox after the ARIA pattern: what is typed is posted, so that it never stands in an address.
const WAIT_MS = 120;

const ICONS = new URL("icons.svg", import.meta.url).pathname;

// Where a menu opens or the window is left, no pointerup comes.
function whenLetGo(then) {
  for (const name of ["pointerup", "pointercancel", "contextmenu"]) addEventListener(name, then, true);
  addEventListener("blur", (event) => { if (event.target === window) then(); });
}

let pressed = false;
addEventListener("pointerdown", () => { pressed = true; }, true);
whenLetGo(() => { pressed = false; });

function picture(name) {
  const [svg, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

function told({ label, detail }) {
  const text = document.createElement("span");
  text.append(label, " ", Object.assign(document.createElement("small"), { textContent: detail }));
  return text;
}

export function suggest(input) {
  const known = input.form.elements[`${input.name}Id`];
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  const elsewhere = Object.assign(document.createElement("p"), { className: "elsewhere", hidden: true });
  elsewhere.setAttribute("role", "status");
  input.after(list, elsewhere);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  let timer, asked = 0, selected = -1;
  const close = () => { list.hidden = true; selected = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (option) => { input.value = option.dataset.name; known.value = option.dataset.id; forget(); };

  const say = (outside) => { elsewhere.textContent = outside; elsewhere.hidden = !outside; };

  const show = (places) => {
    list.replaceChildren(...places.map((place, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      Object.assign(option.dataset, { name: place.name, id: place.id });
      option.append(picture(place.icon), told(place));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch("/suggest", { method: "POST", body: new URLSearchParams({ text: input.value }) });
    const nothing = { outside: "", places: [] };
    const found = answer.ok ? await answer.json().catch(() => nothing) : nothing;
    if (mine !== asked) return;
    say(found.outside);
    // Whoever has left the field meanwhile finds no list over the next one.
    if (document.activeElement === input) show(found.places);
  };

  // A list belongs to the text that it was asked for: that of an older one goes at once, and an answer under way is none.
  const forget = () => { asked++; clearTimeout(timer); list.replaceChildren(); say(""); close(); };
  input.addEventListener("input", () => { known.value = ""; forget(); timer = setTimeout(ask, WAIT_MS); });
  // What is pressed below stands where it is until it is let go: the list that goes would move it away from the finger.
  whenLetGo(() => { if (document.activeElement !== input) setTimeout(close); });
  input.addEventListener("blur", () => pressed || close());
  input.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (event.key === "Escape") return close();
    if (list.hidden || !options.length) return;
    if (event.key === "Enter" && selected >= 0) { event.preventDefault(); return choose(options[selected]); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    selected = (selected + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === selected)));
    input.setAttribute("aria-activedescendant", options[selected].id);
  });
}
