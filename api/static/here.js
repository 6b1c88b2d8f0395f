// The own position, only on a click; it goes into the form and nowhere else.
export function offerPosition(button) {
  const input = button.form.elements.from, known = button.form.elements.fromId;
  if (!navigator.geolocation) return;
  const told = document.createElement("span");
  told.className = "hint";
  told.setAttribute("role", "status");
  button.closest(".end").append(told);
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = "…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        input.value = button.dataset.here;
        known.value = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`;
        told.textContent = "";
      },
      () => { told.textContent = button.dataset.fails; },
      { timeout: 10000, maximumAge: 60000 });
  });
}
