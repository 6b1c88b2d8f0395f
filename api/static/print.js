// Prints what is looked at: the page, or one card of an answer, without leaving it.
export function printsPage(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

export function printsCard(button) {
  const card = button.closest(".card"), details = card.querySelector(".entry");
  button.hidden = false;
  button.addEventListener("click", () => {
    const { open } = details;
    details.open = true;
    card.classList.add("printed");
    addEventListener("afterprint", () => { card.classList.remove("printed"); details.open = open; }, { once: true });
    print();
  });
}
