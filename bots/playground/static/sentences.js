/** Sentences that the stand-in names when it does not understand: a line that is one of them is sent at a tap. */

import { h } from "./dom.js";
import { t } from "./strings.js";

const MARKS = /[\u200e\u200f\u2066-\u2069]/g;
let known = new Set();

/** Ask once which sentences there are; without an answer, lines stay lines. */
export async function learnSentences() {
  try {
    const answer = await fetch("/playground/sentences");
    known = new Set(answer.ok ? await answer.json() : []);
  } catch {
    known = new Set();
  }
}

/** Make the lines of a drawn message that are such sentences into buttons; without `send` it stays as it is. */
export function tappable(message, send) {
  if (!send) return message;
  for (const line of message.querySelectorAll(".mrkdwn > *, .tghtml > *")) {
    const text = line.textContent.replace(MARKS, "").trim();
    if (!known.has(text)) continue;
    const look = { type: "button", class: "starter", dir: "auto", title: t("tapToSend") };
    line.replaceWith(h("button", { ...look, data: { testid: "sentence" }, on: { click: () => send(text) } }, text));
  }
  return message;
}
