// A combobox after the ARIA pattern: what is typed is posted, so that it never stands in an address.
const WAIT_MS = 120;

export function suggest(input) {
  const known = input.form.elements[`${input.name}Id`];
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  let timer, asked = 0, selected = -1;
  const close = () => { list.hidden = true; selected = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (option) => { input.value = option.dataset.name; known.value = option.dataset.id; close(); if (option.dataset.here) locate(); };
  const locate = () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => { known.value = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`; },
    () => { input.value = ""; known.value = ""; });

  const show = (places) => {
    const here = input.dataset.here && navigator.geolocation ? [{ name: input.dataset.here, id: "", here: true, area: "" }] : [];
    list.replaceChildren(...[...places, ...here].map((place, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      Object.assign(option.dataset, { name: place.name, id: place.id, ...(place.here ? { here: "1" } : {}) });
      option.textContent = place.area && !place.name.includes(place.area) ? `${place.name}, ${place.area}` : place.name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch("/suggest", { method: "POST", body: new URLSearchParams({ text: input.value }) });
    if (mine === asked && answer.ok && document.activeElement === input) show(await answer.json());
  };

  input.addEventListener("input", () => { known.value = ""; clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  input.addEventListener("focus", () => { if (!input.value && input.dataset.here) show([]); });
  input.addEventListener("blur", close);
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
