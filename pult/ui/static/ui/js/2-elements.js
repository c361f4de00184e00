// Custom elements. Each wakes up by itself after an htmx swap and works alone.

const say = (text) => document.dispatchEvent(new CustomEvent("pult:announce", { detail: text }));
const define = (name, kind) => customElements.get(name) ?? customElements.define(name, kind);

// --- <hotkey-list>: j and k walk the rows, the other keys press what the row shows -----------

const remembered = new Map(); // where a list stood before a swap replaced it
const ROW = "[data-row], tbody > tr:has(a[href])";

define("hotkey-list", class extends HTMLElement {
  connectedCallback() {
    const place = remembered.get(this.name);
    remembered.delete(this.name);
    if (place !== undefined) requestAnimationFrame(() => this.settle(place));
    this.addEventListener("focusin", (event) => {
      const row = event.target.closest(ROW);
      if (row && this.contains(row)) this.mark(row);
    });
  }

  disconnectedCallback() {
    if (this.current) remembered.set(this.name, this.index);
  }

  get name() {
    const named = this.querySelector("ul") ?? this;
    return this.id || named.getAttribute("aria-label") || "";
  }

  get rows() {
    return [...this.querySelectorAll(ROW)].filter((row) => row.offsetParent !== null);
  }

  get current() {
    return this.querySelector('[aria-current="true"]:is([data-row], tr)');
  }

  get index() {
    return this.rows.indexOf(this.current);
  }

  mark(row) {
    if (this.current !== row) this.current?.removeAttribute("aria-current");
    document.querySelectorAll('hotkey-list [aria-current="true"]:is([data-row], tr)').forEach((other) => {
      if (other !== row) other.removeAttribute("aria-current");
    });
    row.setAttribute("aria-current", "true");
    row.tabIndex = -1;
  }

  settle(place) {
    const row = this.rows[Math.min(place, this.rows.length - 1)];
    if (!row || (document.activeElement && document.activeElement !== document.body)) return;
    this.mark(row);
    row.focus({ preventScroll: true });
  }

  step(by) {
    const rows = this.rows;
    const next = this.current ? this.index + by : by > 0 ? 0 : rows.length - 1;
    if (next < 0 || next >= rows.length) return this.neighbour(by);
    this.mark(rows[next]);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  neighbour(by) {
    const lists = [...document.querySelectorAll("hotkey-list")].filter((list) => list.rows.length);
    const list = lists[lists.indexOf(this) + by];
    if (!list) return true;
    const row = list.rows.at(by > 0 ? 0 : -1);
    list.mark(row);
    row.focus();
    return true;
  }

  // Returns whether the key meant something here.
  press(key) {
    if (key === "j" || key === "ArrowDown") return this.step(1);
    if (key === "k" || key === "ArrowUp") return this.step(-1);
    const row = this.current;
    if (!row) return false;
    const button =
      key === "Enter" ? row.querySelector("[data-open], th a[href]") ?? row.querySelector("a[href]")
      : key === "Space" ? row.querySelector("[data-peek]")
      : row.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button) return false;
    if (key === "Space") peek(button);
    else button.click();
    return true;
  }
});

// --- <local-time>: the reader's own clock in the title, "5 min ago" kept fresh ---------------

const UNITS = [["day", 1440], ["hour", 60], ["minute", 1]];

define("local-time", class extends HTMLElement {
  connectedCallback() {
    const at = new Date(this.getAttribute("datetime"));
    if (Number.isNaN(at.valueOf())) return;
    const language = document.documentElement.lang || undefined;
    const here = at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    const agency = this.getAttribute("datetime").match(/[+-]\d\d:\d\d$/)?.[0] ?? "+00:00";
    if (agency !== offset(at) && this.dataset.yours) this.title += ` (${this.dataset.yours}: ${here})`;
    if (this.dataset.relative === undefined) return;
    this.words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    this.timer = setInterval(() => this.refresh(at), 60_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  refresh(at) {
    const minutes = Math.trunc((at - Date.now()) / 60_000);
    const [unit, size] = UNITS.find(([, length]) => Math.abs(minutes) >= length) ?? UNITS[2];
    this.textContent = this.words.format(Math.trunc(minutes / size), unit);
  }
});

function offset(at) {
  const minutes = -at.getTimezoneOffset();
  const two = (n) => String(n).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
}

// --- <command-palette>: one input, a list of hits, arrows and Enter --------------------------

define("command-palette", class extends HTMLElement {
  connectedCallback() {
    const dialog = this.closest("dialog");
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("htmx:afterSwap", () => {
      this.choose(0);
      say(this.hits.length ? `${this.hits.length}` : this.dataset.none);
    });
    dialog?.addEventListener("dialog:open", () => {
      this.input.select();
      this.input.dispatchEvent(new CustomEvent("palette:open"));
    });
  }

  get input() {
    return this.querySelector("input");
  }

  get hits() {
    return [...this.querySelectorAll('[role="option"]')];
  }

  get at() {
    return this.hits.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  }

  choose(index) {
    const hits = this.hits;
    const chosen = hits[(index + hits.length) % hits.length];
    for (const hit of hits) {
      hit.id ||= `hit-${hits.indexOf(hit)}`;
      hit.setAttribute("aria-selected", String(hit === chosen));
    }
    chosen?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", chosen?.id ?? "");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.choose(this.at + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.hits[Math.max(this.at, 0)]?.click();
    } else if (event.key === "Escape") {
      event.preventDefault(); // a search field would spend the first press on emptying itself
      this.closest("dialog")?.close();
    }
  }
});

// --- <peek-panel>: a page beside the list; its name is in the address ------------------------

function peek(link) {
  document.querySelector("peek-panel")?.show(link.dataset.peek, link.getAttribute("href"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-peek]");
  if (!link || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  peek(link);
});

define("peek-panel", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-peek-close]")?.addEventListener("click", () => this.close());
    const wanted = new URLSearchParams(location.search).get("peek");
    const link = wanted && document.querySelector(`[data-peek="${CSS.escape(wanted)}"]`);
    if (link) this.show(wanted, link.getAttribute("href"));
    // A list filtered meanwhile writes its own address, without the name of what is beside it.
    document.addEventListener("htmx:pushedIntoHistory", () => this.name && this.address(this.name));
    document.addEventListener("htmx:replacedInHistory", () => this.name && this.address(this.name));
  }

  get body() {
    return this.querySelector(".peek__body");
  }

  async show(name, href) {
    if (!name || !href) return;
    if (!this.hidden && this.name === name) return this.close();
    this.name = name;
    this.opener ??= document.activeElement;
    const answer = await fetch(href, {
      headers: { "HX-Request": "true", "HX-Target": "peek", "HX-Current-URL": location.href },
    }).catch(() => null);
    if (this.name !== name) return; // another row was asked for meanwhile
    if (!answer?.ok) return location.assign(href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const whole = page.querySelector("main");
    this.body.replaceChildren(...(whole ?? page.body).childNodes);
    this.querySelector("[data-peek-open]")?.setAttribute("href", href);
    this.hidden = false;
    window.htmx?.process(this.body);
    this.address(name);
    const heading = this.body.querySelector("h1, h2");
    say(heading?.textContent);
  }

  close() {
    this.hidden = true;
    this.name = null;
    this.address(null);
    if (this.opener?.isConnected) this.opener.focus();
    this.opener = null;
  }

  address(name) {
    const url = new URL(location);
    if (name) url.searchParams.set("peek", name);
    else url.searchParams.delete("peek");
    history.replaceState(history.state, "", url);
  }
});

// --- <draft-form>: what was typed survives a reload ------------------------------------------

define("draft-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.restore();
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 400);
    });
    this.form.addEventListener("submit", () => this.forget());
    this.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
      this.forget();
      this.form.reset();
      this.note(false);
    });
  }

  get key() {
    return `draft:${this.dataset.key || location.pathname}`;
  }

  get fields() {
    const skipped = ["hidden", "password", "file", "submit", "button"];
    return [...this.form.elements].filter((el) => el.name && !skipped.includes(el.type));
  }

  keep() {
    const values = this.fields.map((el) => [el.name, el.value, el.checked ?? null]);
    try {
      localStorage.setItem(this.key, JSON.stringify(values));
    } catch {
      // A full or forbidden storage only costs the draft.
    }
  }

  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      this.forget();
    }
    if (!Array.isArray(kept)) return;
    let changed = false;
    this.fields.forEach((el, i) => {
      const [name, value, checked] = kept[i] ?? [];
      if (name !== el.name) return;
      const tick = ["checkbox", "radio"].includes(el.type);
      if (tick ? el.checked === checked : el.value === value) return;
      if (tick) el.checked = checked;
      else el.value = value;
      changed = true;
    });
    this.note(changed);
  }

  note(shown) {
    const words = this.querySelector("[data-draft-note]");
    if (words) words.hidden = !shown;
    if (shown) say(words?.textContent.trim());
  }

  forget() {
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
  }
});

// --- <file-drop>: a target for a file, its name and size -------------------------------------

define("file-drop", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.output = this.querySelector("output");
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (e) => this.over(e, true));
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, (e) => this.over(e, false));
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      this.input.files = event.dataTransfer.files;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.input.addEventListener("change", () => this.show());
    this.show();
  }

  over(event, inside) {
    event.preventDefault();
    this.classList.toggle("drop--over", inside);
  }

  show() {
    const files = [...this.input.files];
    this.output.textContent = files.map((file) => `${file.name} · ${size(file.size)}`).join(", ");
  }
});

function size(bytes) {
  const language = document.documentElement.lang || undefined;
  const [unit, power] = bytes < 1e3 ? ["byte", 1] : bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  return new Intl.NumberFormat(language, {
    style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1,
  }).format(bytes / power);
}

// --- <progress-poll src>: asks until the answer has no data-running --------------------------

define("progress-poll", class extends HTMLElement {
  connectedCallback() {
    this.pause = Number(this.getAttribute("every") || 1000);
    this.timer = setTimeout(() => this.ask(), this.pause);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    if (!document.hidden) {
      const headers = { "HX-Request": "true", "HX-Target": this.id };
      const answer = await fetch(this.getAttribute("src"), { headers }).catch(() => null);
      if (!this.isConnected) return;
      if (answer?.ok) {
        this.innerHTML = await answer.text();
        window.htmx?.process(this);
        if (!this.querySelector("[data-running]")) return this.finish();
        this.pause = Math.min(this.pause * 1.2, 5000);
      } else {
        this.pause = Math.min(this.pause * 2, 15000); // the server is busy or away
      }
    }
    this.timer = setTimeout(() => this.ask(), this.pause);
  }

  finish() {
    say(this.textContent.trim());
    const next = this.querySelector("[data-next]")?.getAttribute("href");
    if (next) location.assign(next);
  }
});

// --- <filter-fold>: on a phone the filters wait behind one button that counts those in use -----

define("filter-fold", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const form = this.closest("form");
    const fields = form.querySelectorAll(".field select, .field input:not([type=search])");
    this.hidden = fields.length < 2;
    const used = (el) => (el.type === "checkbox" ? el.checked : el.value !== "");
    const count = () => {
      this.querySelector(".count").textContent = [...fields].filter(used).length || "";
    };
    form.addEventListener("change", count);
    count();
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(this.toggleAttribute("data-open")));
    });
  }
});

// --- <task-board>: a card dropped on a column presses the button of its menu that leads there --

define("task-board", class extends HTMLElement {
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
