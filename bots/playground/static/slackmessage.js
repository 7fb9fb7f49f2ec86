/** One message of the Slack pane: who, when, what, and what only one person sees. */

import { drawBlocks, words } from "./blocks.js";
import { avatar, drawDocument, h, icon } from "./dom.js";
import { enlargeable } from "./enlarged.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { clock } from "./pane.js";
import { t } from "./strings.js";

const TOGETHER = 5 * 60_000;
/** Milliseconds within which messages of one person stand under one name. */

/**
 * Draw a message. `view`: {names, isBot, compact, isReply, press(element), isPressed(action_id), answer() or null}.
 */
export function drawMessage(message, view) {
  const { names, isBot, compact } = view;
  const name = names[message.user] ?? message.user;
  const content = message.blocks?.length ? drawBlocks(message.blocks, view) : mrkdwn(message.text, { names });
  const edited = message.edited && h("span", { class: "edited" }, `(${t("edited")})`);
  const body = [content, message.files?.length ? h("div", { class: "files" }, message.files.map(drawFile)) : null];
  body.push(compact && edited);
  const look = ["message", compact && "compact", view.isReply && "reply", message.ephemeral_for && "whisper"];
  return h(
    "article",
    {
      class: look.filter(Boolean).join(" "),
      data: { testid: "slack-message", ts: message.ts, user: message.user },
    },
    compact ? h("span", { class: "gutter" }, clock(message.time)) : avatar(message.user, name, isBot ? "bot" : null),
    h(
      "div",
      { class: "message-body" },
      !compact && drawHead(name, isBot, clock(message.time), edited),
      message.ephemeral_for ? drawWhisper(body) : body,
    ),
    view.answer && !message.ephemeral_for && drawAnswer(view.answer),
  );
}

function drawFile(file) {
  if (file.document) return drawDocument(file.document, file.title, "slack-document");
  const alt = file.alt_txt || file.title;
  // What was posted before the playground's file was lost is gone; its words are still there.
  const lost = ({ currentTarget }) =>
    currentTarget.closest("button").replaceWith(h("p", { class: "picture", dir: "auto" }, alt));
  const source = { src: `/playground/pictures/${file.picture}`, alt };
  return h(
    "figure",
    { class: "file" },
    h("figcaption", { dir: "auto" }, file.title),
    enlargeable(h("img", { ...source, data: { testid: "slack-picture" }, on: { error: lost } })),
  );
}

function drawHead(name, isBot, ...rest) {
  return h("header", {}, h("bdi", { class: "name" }, name), isBot && h("span", { class: "app-tag" }, t("app")), rest);
}

function drawWhisper(body) {
  const note = h("p", { class: "only-you" }, icon("eye"), t("onlyYou"));
  return h("div", { class: "ephemeral", data: { testid: "slack-ephemeral" } }, note, body);
}

function drawAnswer(answer) {
  const label = t("reply");
  return h(
    "button",
    {
      type: "button",
      class: "reply-tool",
      title: label,
      "aria-label": label,
      data: { testid: "slack-reply-tool" },
      on: { click: answer },
    },
    icon("reply"),
  );
}

/** What a message says, on one line and without marks. */
export function saidBy(message, names) {
  const blocks = (message.blocks ?? []).map((each) => words(each, names)).filter(Boolean);
  const files = (message.files ?? []).map((each) => each.alt_txt || each.title);
  return [...blocks, ...files].join(". ") || plain(message.text, names);
}

/** Whether a message stands under the name of the one before it. */
export function follows(message, previous) {
  if (!previous || previous.user !== message.user) return false;
  // A card and a whisper stand for themselves.
  if ([previous, message].some((each) => each.ephemeral_for || each.blocks?.length || each.files?.length)) return false;
  return Math.abs(new Date(message.time) - new Date(previous.time)) < TOGETHER;
}

/** The action ids of everything in a message that can be pressed. */
export function actionIds(message) {
  const elements = (message.blocks ?? []).flatMap((block) => [...(block.elements ?? []), block.accessory]);
  return elements.map((each) => each?.action_id).filter(Boolean);
}
