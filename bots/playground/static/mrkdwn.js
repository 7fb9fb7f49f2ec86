/** Slack's mrkdwn as DOM: bold, italic, strike, code, quotes, links, mentions, escapes; one element per line. */

import { direction, h, link } from "./dom.js";

const EMOJI = {
  white_check_mark: "✅",
  x: "❌",
  warning: "⚠️",
  no_entry: "⛔",
  no_entry_sign: "🚫",
  hourglass: "⌛",
  wave: "👋",
  hourglass_flowing_sand: "⏳",
  tada: "🎉",
  eyes: "👀",
  robot_face: "🤖",
  calendar: "📅",
  bulb: "💡",
  star: "⭐",
  "+1": "👍",
  "-1": "👎",
  thumbsup: "👍",
  thumbsdown: "👎",
  pray: "🙏",
  smile: "😄",
  fire: "🔥",
  lock: "🔒",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  large_orange_circle: "🟠",
  red_circle: "🔴",
  bell: "🔔",
};
const MARKS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const BARE = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/g;

/** The three escapes of mrkdwn, undone; nothing else is one. */
export function unescape(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);
}

/** mrkdwn without its marks, for a notification or a screen reader. */
export function plain(text, names = {}) {
  return unescape(
    text
      .replace(/<@(\w+)(\|[^>]*)?>/g, (_, id) => `@${names[id] ?? id}`)
      .replace(/<[^<>|]*\|([^<>]*)>/g, "$1")
      .replace(/<([^<>]*)>/g, "$1")
      .replace(/[*_~`]/g, ""),
  );
}

/** Draw mrkdwn. `names` maps ids to people, for mentions; `verbatim` leaves bare addresses alone. */
export function mrkdwn(text, { names = {}, verbatim = false } = {}) {
  const body = h("div", { class: "mrkdwn", dir: direction(plain(text, names)) });
  for (const [index, piece] of text.split("```").entries()) {
    // Every second piece stood between two fences.
    if (index % 2) body.append(h("pre", { dir: "auto" }, h("code", {}, unescape(piece.replace(/^\n|\n$/g, "")))));
    else body.append(...lines(piece.replace(/^\n|\n$/g, ""), { names, verbatim }, text.includes("```")));
  }
  return body;
}

function lines(text, options, besideCode) {
  if (besideCode && text === "") return [];
  const drawn = [];
  let quote = null;
  for (const line of text.split("\n")) {
    const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) drawn.push((quote = h("blockquote", { dir: direction(plain(quoted[1], options.names)) })));
      quote.append(paragraph(quoted[1], options));
    } else {
      quote = null;
      drawn.push(paragraph(line, options));
    }
  }
  return drawn;
}

function paragraph(line, options) {
  return line.trim() === "" ? h("p", { class: "gap" }) : h("p", { dir: "auto" }, inline(line, options));
}

function inline(text, options) {
  const nodes = [];
  let words = "";
  const flush = () => {
    if (words) nodes.push(...emojis(unescape(words), options));
    words = "";
  };
  for (let at = 0; at < text.length;) {
    const found = marked(text, at, options);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      words += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** What begins at this place, drawn, and where it ends; null when it is an ordinary letter. */
function marked(text, at, options) {
  const letter = text[at];
  if (letter === "<") return angle(text, at, options);
  if (letter !== "`" && !(letter in MARKS)) return null;
  const end = closing(text, at, letter);
  if (end < 0) return null;
  const inner = text.slice(at + 1, end);
  const node = letter === "`" ? h("code", {}, unescape(inner)) : h(MARKS[letter], {}, inline(inner, options));
  return { node, end: end + 1 };
}

/** A mark opens before a letter and after none, and closes the other way round: 2*3*4 stays as it is. */
function closing(text, at, mark) {
  if (at > 0 && WORD.test(text[at - 1])) return -1;
  if (/\s|^$/.test(text[at + 1] ?? "")) return -1;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (!/\s/.test(text[end - 1]) && !WORD.test(text[end + 1] ?? "")) return end;
  }
  return -1;
}

function angle(text, at, { names }) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const [target, label] = split(text.slice(at + 1, end));
  const node = reference(target, label, names);
  return node && { node, end: end + 1 };
}

function split(inner) {
  const bar = inner.indexOf("|");
  return bar < 0 ? [inner, null] : [inner.slice(0, bar), unescape(inner.slice(bar + 1))];
}

function reference(target, label, names) {
  const name = target.slice(1);
  if (target.startsWith("@")) return mention(`@${names[name] ?? label ?? name}`);
  if (target.startsWith("#")) return mention(`#${label ?? names[name] ?? name}`);
  if (target.startsWith("!date^")) return h("span", {}, label ?? "");
  if (target.startsWith("!")) return mention(`@${label ?? name}`);
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) return link(unescape(target), label ?? unescape(target));
  return null;
}

const mention = (words) => h("bdi", { class: "mention" }, words);

function emojis(text, options) {
  const said = text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
  return options.verbatim ? [said] : linked(said);
}

function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(BARE)) {
    nodes.push(text.slice(from, found.index), link(found[0], found[0]));
    from = found.index + found[0].length;
  }
  return [...nodes, text.slice(from)];
}
