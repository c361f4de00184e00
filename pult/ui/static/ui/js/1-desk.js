// The desk: keys, dialogs, menus, toasts, announcements. Listens on the document, so whatever
// htmx brings in works at once. Speaks no language: every word comes from the page.

const html = document.documentElement;
const SINGLE_KEYS = () => html.dataset.hotkeys !== "off";
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// --- words for screen readers ---------------------------------------------------------------

export function announce(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = text));
}
document.addEventListener("pult:announce", (event) => announce(event.detail));

// --- dialogs: data-opens, data-closes, focus goes back --------------------------------------

const openers = new WeakMap();

export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  openers.set(dialog, document.activeElement);
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
  dialog.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true }));
}

document.addEventListener(
  "close",
  (event) => {
    const opener = openers.get(event.target);
    if (opener?.isConnected) opener.focus();
  },
  true,
);

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const opener = target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    openDialog(document.getElementById(opener.dataset.opens));
    return;
  }
  const closer = target.closest("[data-closes]");
  if (closer) return closer.closest("dialog")?.close();
  // The backdrop belongs to the dialog itself; a press inside lands on a child.
  if (target instanceof HTMLDialogElement && target.open && outside(target, event)) target.close();
  const dismiss = target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest("[data-toast]")?.remove();
});

function outside(box, event) {
  const edge = box.getBoundingClientRect();
  if (!event.clientX && !event.clientY) return false; // pressed by the keyboard
  return (
    event.clientX < edge.left || event.clientX > edge.right ||
    event.clientY < edge.top || event.clientY > edge.bottom
  );
}

document.addEventListener("submit", (event) => {
  const words = event.target.dataset?.confirm;
  if (words && !window.confirm(words)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// --- menus: put the popover under its button; without popover support, toggle `hidden` -------

const hasPopover = "popover" in HTMLElement.prototype;

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.("[data-menu]") || event.newState !== "open") return;
    place(menu, document.querySelector(`[popovertarget="${menu.id}"]`));
    menu.querySelector("a, button")?.focus();
  },
  true,
);

function place(menu, button) {
  if (!button) return;
  const from = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = from.bottom + 4 + size.height < innerHeight;
  const left = Math.min(Math.max(8, from.right - size.width), innerWidth - size.width - 8);
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${below ? from.bottom + 4 : Math.max(8, from.top - size.height - 4)}px`);
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("a, button")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
});

if (!hasPopover) {
  const hideAll = (root) => root.querySelectorAll("[popover]").forEach((m) => (m.hidden = true));
  hideAll(document);
  document.addEventListener("htmx:afterSwap", (event) => hideAll(event.target));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[popovertarget]");
    const menu = button && document.getElementById(button.getAttribute("popovertarget"));
    document.querySelectorAll("[popover]").forEach((m) => m !== menu && (m.hidden = true));
    if (!menu) return;
    menu.hidden = !menu.hidden;
    menu.style.setProperty("position", "fixed");
    if (!menu.hidden) place(menu, button);
  });
}

// --- keys -----------------------------------------------------------------------------------

// The letter printed on the key in the Latin layout, whatever layout is on: «о» is J.
function keyOf(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  return event.key === " " ? "Space" : event.key;
}

const typing = (el) =>
  el instanceof Element && el.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
const visible = (el) => el.checkVisibility?.() ?? el.offsetParent !== null;

function currentList() {
  const near = document.activeElement?.closest?.("hotkey-list");
  return near ?? [...document.querySelectorAll("hotkey-list")].find(visible);
}

let lastQuestion = -Infinity;
let pendingWhy = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = keyOf(event);
  if ((event.metaKey || event.ctrlKey) && !event.altKey && key === "k") {
    event.preventDefault();
    return openDialog(document.getElementById("palette"));
  }
  if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
  if (key === "Escape") return closePeek(event);
  if (!SINGLE_KEYS() || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("[data-menu]")) return;
  if (pressed(key, event)) event.preventDefault();
});

function closePeek() {
  const peek = document.querySelector("peek-panel:not([hidden])");
  if (peek) peek.close();
}

function pressed(key, event) {
  if (key === "/") return openDialog(document.getElementById("palette")) ?? true;
  if (key === "?") return question(event);
  if (key === "Enter" || key === "Space") {
    // Buttons and links keep their own Enter and Space.
    if (event.target.closest?.("a, button, summary, label, input")) return false;
  }
  if (currentList()?.press(key)) return true;
  if (key.length > 1) return false;
  const button = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
    (el) => !el.closest("[data-row]") && visible(el),
  );
  button?.click();
  return Boolean(button);
}

// One `?` asks why this row is here, two open the list of keys.
function question(event) {
  clearTimeout(pendingWhy);
  const help = document.getElementById("keys-dialog");
  const list = currentList();
  if (event.timeStamp - lastQuestion < 450 || !list?.current) openDialog(help);
  else pendingWhy = setTimeout(() => list.press("?"), 300);
  lastQuestion = event.timeStamp;
  return true;
}

if (isMac) {
  const relabel = (root) =>
    root.querySelectorAll("kbd[data-mod]").forEach((el) => {
      el.textContent = el.textContent.replace("Ctrl ", "⌘");
    });
  relabel(document);
  document.addEventListener("htmx:afterSwap", (event) => relabel(event.target));
}

// --- tabs: a narrow screen shows the one that is open ---------------------------------------

document.querySelectorAll('.tabs > [aria-current="page"]').forEach((tab) => {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
});

// --- htmx: say what changed, open what was asked for ----------------------------------------

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "get") return; // looking changes nothing
  event.target.closest?.("[data-row]")?.classList.add("row--leaving");
});
// A field that tries a value hands it to the field that keeps it.
document.addEventListener("input", (event) => {
  const kept = document.getElementById(event.target.dataset?.copies ?? "");
  if (kept) kept.value = event.target.value;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) return;
  const shown = [400, 409, 422].includes(event.detail.xhr?.status); // the form itself says what is wrong
  document.querySelectorAll(".row--leaving").forEach((row) => row.classList.remove("row--leaving"));
  const words = document.getElementById("live")?.dataset;
  if (!shown) toast(event.detail.xhr?.status ? words?.failed : words?.offline);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig?.elt?.closest?.("[data-dialog]");
  if (asked) openDialog(document.getElementById(asked.dataset.dialog));
  announce(event.target.querySelector?.("[data-announce]")?.dataset.announce);
  event.target.querySelector?.("[data-focus]")?.focus();
  wake(event.target);
});

function toast(text) {
  const shelf = document.getElementById("toasts");
  const model = document.getElementById("toast-model");
  if (!shelf || !model || !text) return;
  const note = model.content.firstElementChild.cloneNode(true);
  note.querySelector(".toast__body").textContent = text;
  shelf.append(note);
  fade(note);
}

// --- toasts go by themselves, but not from under the pointer ---------------------------------

function fade(note) {
  if (note.dataset.fading || note.matches(".toast--breach")) return;
  note.dataset.fading = "1";
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, 3000) : note.remove());
  setTimeout(leave, 7000);
}

function wake(root) {
  root.querySelectorAll?.("[data-toast]").forEach(fade);
  document.querySelectorAll("#toasts [data-toast]").forEach(fade);
}
wake(document);
document.querySelector("[data-focus]:not(.specimen *)")?.focus();
