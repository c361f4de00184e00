// What there is to mend on the page as it is shown now: [complaints, looks that were judged good].
//
// Contrast depends on what a text looks like: its colour, size and weight, whether it is a control
// or out of use, and what lies under it up to the root. Each look is judged until axe has said of
// it that it is good; what axe leaves open (something lies over it) is asked again elsewhere.
async ([known, everything]) => {
  const EXAMPLES = 3, good = new Set(known), grounds = new Map(), asked = new Map();

  function ground(one) {
    if (!one) return "";
    if (!grounds.has(one)) {
      const css = getComputedStyle(one);
      const own = [css.backgroundColor, css.backgroundImage, css.opacity, css.filter].join(" ");
      const plain = own === "rgba(0, 0, 0, 0) none 1 none";
      grounds.set(one, ground(one.parentElement) + (plain ? "" : "/" + own));
    }
    return grounds.get(one);
  }

  function look(one) {
    const css = getComputedStyle(one);
    const control = one.matches("input, select, textarea") ? one.localName : "";
    const unused = one.closest(":disabled, [aria-disabled=true]") || one.control?.disabled;
    const shadow = css.textShadow === "none" ? "" : css.textShadow;
    return [css.color, css.fontSize, css.fontWeight, shadow, control, !!unused, ground(one)].join(
      ";",
    );
  }

  // What is closed, clipped to a point or aside of the page has no contrast, for axe neither.
  function shown(one) {
    const box = one.getBoundingClientRect();
    const aside = box.right + scrollX <= 0 || box.bottom + scrollY <= 0;
    return one.checkVisibility() && box.width > 1 && box.height > 1 && !aside;
  }

  function* texts() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) yield walk.currentNode.parentElement;
    yield* document.querySelectorAll("input, select, textarea");
  }

  for (const one of texts()) {
    if (!shown(one)) continue;
    const its = look(one);
    if (good.has(its)) continue;
    if (!asked.has(its)) asked.set(its, []);
    if (asked.get(its).length < EXAMPLES) asked.get(its).push(one);
  }

  const complaints = [], judged = [];
  const tell = (found, what) =>
    found.nodes.forEach(node => complaints.push(`${what} ${node.html.slice(0, 120)}`));

  if (asked.size) {
    const contrast = await axe.run(
      { include: [...asked.values()].flat() },
      { runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true },
    );
    contrast.violations.forEach(found => tell(found, "too pale:"));
    const passed = new Set(contrast.passes.flatMap(found => found.nodes.map(node => node.element)));
    const failed = new Set(
      contrast.violations.flatMap(found => found.nodes.map(node => node.element)),
    );
    for (const [its, ones] of asked)
      if (ones.some(one => passed.has(one)) && !ones.some(one => failed.has(one))) judged.push(its);
  }
  if (everything) {
    const rest = { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } };
    (await axe.run(document, rest)).violations.forEach(found => tell(found, found.id));
  }
  return [complaints, judged];
}
