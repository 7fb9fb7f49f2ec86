/** One message of the Telegram pane: a bubble, and the keyboard under it. */

import { avatar, direction, drawDocument, h } from "./dom.js";
import { enlargeable } from "./enlarged.js";
import { clock } from "./pane.js";
import { language, t } from "./strings.js";
import { drawReplyTool, plainOf } from "./telegramreply.js";
import { tghtml } from "./tghtml.js";

const STYLES = ["danger", "success", "primary"];

/**
 * Draw a message. `view`: {isMine, isBot, named, follows, press(button), isPressed(callback_data), quote or null,
 * reply()}.
 */
export function drawMessage(message, view) {
  const { isMine, named, follows } = view;
  const look = ["telegram-message", isMine && "mine", follows && "follows"];
  const bubble = h(
    "div",
    { class: "bubble" },
    named && !follows && h("bdi", { class: "name" }, message.sender_name),
    view.quote,
    message.photo && drawPicture(message),
    message.document && drawDocument(message.document.id, message.document.name, "telegram-document"),
    message.text && tghtml(message.html || escape(message.text)),
    h("span", { class: "stamp" }, message.edited && h("span", { class: "edited" }, t("edited")), clock(message.time)),
  );
  return h(
    "article",
    {
      class: look.filter(Boolean).join(" "),
      "aria-label": message.sender_name,
      data: { testid: "telegram-message", messageId: message.message_id, sender: message.sender },
    },
    named && avatar(message.sender, message.sender_name, view.isBot ? "bot" : null),
    h("div", { class: "stack" }, bubble, drawKeyboard(message, view)),
    drawReplyTool(view.reply),
  );
}

function drawPicture(message) {
  const { id, width, height } = message.photo;
  // What was drawn before the playground was last started is gone; its words are below it.
  const lost = ({ currentTarget }) => currentTarget.closest("button").remove();
  const source = { src: `/playground/pictures/${id}`, alt: plainOf(message), width, height };
  return enlargeable(h("img", { class: "photo", ...source, data: { testid: "telegram-photo" }, on: { error: lost } }));
}

function drawKeyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  // The keys stand in the order in which the message is read.
  const drawRow = (row) =>
    h(
      "div",
      { class: "row" },
      row.map((button) => drawKey(button, view)),
    );
  return h("div", { class: "keyboard", dir: direction(plainOf(message)) }, rows.map(drawRow));
}

function drawKey(button, view) {
  const isPressed = view.isPressed(button.callback_data);
  return h(
    "button",
    {
      type: "button",
      class: STYLES.includes(button.style) ? `key ${button.style}` : "key",
      "aria-busy": isPressed ? "true" : null,
      data: { testid: "telegram-button", data: button.callback_data },
      on: { click: () => view.press(button) },
    },
    h("bdi", {}, button.text),
    isPressed && h("span", { class: "spinner", "aria-hidden": "true" }),
  );
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escape = (text) => text.replace(/[&<>]/g, (letter) => ESCAPES[letter]);

/** The bubble of somebody who is typing. */
export function typingItem() {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const bubble = () => h("div", { class: "bubble" }, dots, h("span", { class: "unseen" }, t("typing")));
  return { key: "typing", signature: language(), make: () => h("div", { class: "telegram-message typing" }, bubble()) };
}
