/** The HTML that Telegram understands, as DOM: its own small set of tags, anything else stays visible as text. */

import { direction, h, link } from "./dom.js";
import { t } from "./strings.js";

const NAMES = {
  b: "b",
  strong: "b",
  i: "i",
  em: "i",
  u: "u",
  ins: "u",
  s: "s",
  strike: "s",
  del: "s",
  code: "code",
  pre: "pre",
  a: "a",
  blockquote: "blockquote",
  "tg-spoiler": "spoiler",
  span: "spoiler",
  "tg-emoji": "same",
};
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"' };
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>|[^<]+|</g;
const BARE = /(?<![\w@])@\w{3,}|https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Telegram's HTML without its tags: what a notification says. */
export function plain(html) {
  return runs(html)
    .map((run) => run.text)
    .join("");
}

/** Draw Telegram's HTML, one element per line, each with its own direction. */
export function tghtml(html) {
  const found = runs(html);
  const body = h("div", { class: "tghtml", dir: direction(found.map((run) => run.text).join("")) });
  for (const group of grouped(found)) body.append(...drawGroup(group));
  return body;
}

/** Cut the markup into runs of text, each with the marks that are open there: [{text, marks: [{name, address?}]}]. */
function runs(html) {
  const found = [];
  const open = [];
  for (const [whole, closing, tag, attributes] of html.matchAll(TOKEN)) {
    const name = tag && NAMES[tag.toLowerCase()];
    if (!name) {
      found.push({ text: decoded(whole), marks: [...open] });
    } else if (closing) {
      const last = open.findLastIndex((mark) => mark.name === name);
      if (last >= 0) open.splice(last, 1);
    } else {
      open.push({ name, address: name === "a" ? decoded(attribute(attributes, "href")) : null });
    }
  }
  return found;
}

function attribute(attributes, name) {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, "i").exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}

function decoded(text) {
  return text.replace(/&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, name, decimal, hex) => {
    if (name) return ENTITIES[name];
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Neighbouring runs of one block (a quote, preformatted text, or neither) belong together. */
function grouped(found) {
  const groups = [];
  for (const run of found) {
    const block = run.marks.find((mark) => mark.name === "blockquote" || mark.name === "pre") ?? null;
    const last = groups.at(-1);
    if (last && last.block === block) last.runs.push(run);
    else groups.push({ block, runs: [run] });
  }
  return groups;
}

function drawGroup(group) {
  const words = group.runs.map((run) => run.text).join("");
  if (group.block?.name === "pre") return [h("pre", { dir: "auto" }, h("code", {}, words))];
  const drawn = lines(group.runs).map(drawLine);
  return group.block ? [h("blockquote", { dir: direction(words) }, drawn)] : drawn;
}

function lines(found) {
  const all = [[]];
  for (const run of found) {
    for (const [index, text] of run.text.split("\n").entries()) {
      if (index) all.push([]);
      if (text) all.at(-1).push({ text, marks: run.marks });
    }
  }
  // The line breaks around a block belong to the block.
  if (all.length > 1 && all[0].length === 0) all.shift();
  if (all.length > 1 && all.at(-1).length === 0) all.pop();
  return all;
}

function drawLine(line) {
  if (!line.some((run) => run.text.trim())) return h("p", { class: "gap" });
  return h("p", { dir: "auto" }, line.map(drawRun));
}

function drawRun({ text, marks }) {
  const inert = marks.some((mark) => mark.name === "a" || mark.name === "code");
  return marks
    .filter((mark) => mark.name in WRAP)
    .reduceRight((inside, mark) => [WRAP[mark.name](inside, mark)], inert ? [text] : linked(text));
}

const WRAP = {
  b: (inside) => h("strong", {}, inside),
  i: (inside) => h("em", {}, inside),
  u: (inside) => h("u", {}, inside),
  s: (inside) => h("s", {}, inside),
  code: (inside) => h("code", {}, inside),
  a: (inside, mark) => link(mark.address, inside),
  spoiler: drawSpoiler,
};

function drawSpoiler(inside) {
  const reveal = ({ currentTarget }) => {
    currentTarget.classList.add("shown");
    currentTarget.removeAttribute("aria-label");
  };
  return h("button", { type: "button", class: "spoiler", "aria-label": t("spoiler"), on: { click: reveal } }, inside);
}

function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(BARE)) {
    nodes.push(text.slice(from, found.index), drawFound(found[0]));
    from = found.index + found[0].length;
  }
  return [...nodes, text.slice(from)];
}

/** A mention, an address of a page or of a person. A mention gives a line no direction. */
function drawFound(words) {
  if (words.startsWith("@")) return h("bdi", { class: "named" }, words);
  return link(words.includes("://") ? words : `mailto:${words}`, words);
}
