// <task-board>: a card dropped on a column presses the button of its own menu that leads there.

if (!customElements.get("task-board")) customElements.define("task-board", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragend", () => this.settle());
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("toggle", (event) => event.target.open && event.target.querySelector("button, a")?.focus(), true);
  }

  lift(event) {
    this.card = event.target.closest?.("[data-row]");
    if (!this.card) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.card.textContent.trim());
    for (const column of this.querySelectorAll("[data-state]")) {
      column.classList.toggle("board__column--open", Boolean(this.way(column)));
    }
  }

  way(column) {
    return this.card?.querySelector(`[data-to="${CSS.escape(column.dataset.state)}"]`);
  }

  over(event) {
    const column = event.target.closest?.("[data-state]");
    if (column && this.way(column)) event.preventDefault();
  }

  drop(event) {
    const column = event.target.closest?.("[data-state]");
    const button = column && this.way(column);
    if (!button) return;
    event.preventDefault();
    this.settle();
    button.click();
  }

  settle() {
    this.card = null;
    this.querySelectorAll(".board__column--open").forEach((one) => one.classList.remove("board__column--open"));
  }
});
