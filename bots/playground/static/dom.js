/** Build DOM from data: the one place where words of a chat become nodes, and they only ever become text. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  spark: "M12 3l1.9 5.6L19.5 10.5l-5.6 1.9L12 18l-1.9-5.6L4.5 10.5l5.6-1.9zM19 16v4M17 18h4",
  reset: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  globe: "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5.5 16-3-6.5zM11.5 13.5L20 4",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7-7L13 4.5a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6",
  reply: "M20 15a3 3 0 0 1-3 3H9l-5 3.5V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3zM8.5 9.5h7M8.5 13h4",
  answer: "M9.5 5.5L4 11l5.5 5.5M4 11h9a7 7 0 0 1 7 7",
  warning: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.2",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  down: "M12 5v14M6 13l6 6 6-6",
  bot: "M7 8h10a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3zM12 4v4M9 13v1.5M15 13v1.5",
  people:
    "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 5a3 3 0 0 1 0 6M17.5 13.8c2.2.6 3.5 2.5 3.5 5.2",
};
// First strong direction as the Unicode bidi algorithm reads it: Hebrew, Arabic and their marks, or any other letter.
const STRONG = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f]|[\p{L}\u200e]/u;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f]/;

/**
 * Make an element. `props`: `class`, `on` (listeners), `data` (data-*), any other name is an attribute;
 * null and false leave an attribute out. Children: nodes, strings (text, never markup), arrays of them, null.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replace what an element holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  add(node, children);
  return node;
}

/** Draw one of the page's line icons; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Which way a text reads: that of its first strong letter outside a mention, else the page's. */
export function direction(text) {
  const first = STRONG.exec((text ?? "").replace(/@\w+/g, ""))?.[0];
  if (first === undefined) return document.documentElement.dir;
  return RTL.test(first) ? "rtl" : "ltr";
}

/** A square or round picture of a name's first letters, in a colour that stays the same for the same id. */
export function avatar(id, name, drawn = null) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const tone = [...String(id)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7) % 7;
  const look = drawn ? `avatar drawn-${drawn}` : `avatar tone-${tone}`;
  return h("span", { class: look, "aria-hidden": "true" }, drawn ? icon(drawn) : letters.toUpperCase());
}

/** A link, where its address is one that a chat may open; otherwise just its words. */
export function link(address, ...children) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return h("span", {}, children);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

const drawn = new WeakMap();

/**
 * Make a list show `items` ({key, signature, make}) and touch only what changed, so that focus, hover and half-written
 * replies survive. A replaced element that held the focus gives it to its successor. Return the items' elements.
 */
export function reconcile(list, items) {
  const known = new Map([...list.children].map((node) => [drawn.get(node).key, node]));
  const focus = list.contains(document.activeElement) ? document.activeElement : null;
  let place = list.firstChild;
  let heir = null;
  const nodes = items.map((item) => {
    let node = known.get(item.key);
    known.delete(item.key);
    if (!node || drawn.get(node).signature !== item.signature) {
      const fresh = item.make();
      drawn.set(fresh, { key: item.key, signature: item.signature });
      if (focus && node?.contains(focus)) heir = fresh;
      if (node && place === node) place = fresh;
      node?.replaceWith(fresh);
      node = fresh;
    }
    if (node === place) place = place.nextSibling;
    else list.insertBefore(node, place);
    return node;
  });
  for (const node of known.values()) node.remove();
  if (heir) successor(heir, focus).focus({ preventScroll: true });
  return nodes;
}

function successor(fresh, focus) {
  const same = [...fresh.querySelectorAll("button, a, textarea")].find(
    (each) => each.dataset.testid === focus.dataset.testid && each.textContent === focus.textContent,
  );
  if (!same) fresh.tabIndex = -1;
  return same ?? fresh;
}

/** A question in a modal window; resolves to whether the first button was pressed. */
export function ask({ title, text, yes, no = null, danger = false }) {
  return new Promise((resolve) => {
    const answer = (value) => () => box.close(value);
    const box = h(
      "dialog",
      { class: "ask", data: { testid: "ask" } },
      h("h2", { dir: "auto" }, title),
      h("p", { dir: "auto" }, text),
      h(
        "div",
        { class: "choices" },
        no && h("button", { type: "button", class: "tool", on: { click: answer("no") } }, no),
        h(
          "button",
          {
            type: "button",
            class: danger ? "tool bad" : "tool strong",
            on: { click: answer("yes") },
            data: { testid: "ask-yes" },
          },
          yes,
        ),
      ),
    );
    box.addEventListener("close", () => {
      resolve(box.returnValue === "yes");
      box.remove();
    });
    document.body.append(box);
    box.showModal();
  });
}

/** A file that somebody shared, or the bot: its name, which saves it. */
export function drawDocument(id, name, testid) {
  const link = { href: `/playground/pictures/${id}`, download: name, class: "document", data: { testid } };
  return h("a", link, icon("file"), h("bdi", {}, name));
}
