/** Replies in the Telegram pane: the tool beside a message, the quote above the composer and in the sent bubble. */

import { direction, fill, h, icon } from "./dom.js";
import { t } from "./strings.js";
import { plain } from "./tghtml.js";

/** What a message says, without marks. */
export const plainOf = (message) => (message.html ? plain(message.html) : message.text);

/** The message that is being answered, per chat; Escape and the cross forget it. */
export class Reply {
  constructor(input) {
    this.input = input;
    this.root = h("div", { class: "telegram-reply", hidden: true });
    this.chosen = new Map();
    this.place = null;
    this.messages = [];
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.forget(this.place);
    });
  }

  /** The message that the next words answer, or null. */
  get message() {
    return this.messages.find((each) => each.message_id === this.chosen.get(this.place)) ?? null;
  }

  open(place, messages) {
    this.place = place;
    this.messages = messages;
    this.draw();
  }

  choose(message) {
    this.chosen.set(this.place, message.message_id);
    this.draw();
    this.input.focus();
  }

  forget(place) {
    this.chosen.delete(place);
    this.draw();
  }

  draw() {
    const { message } = this;
    this.root.hidden = message === null;
    if (!message) return fill(this.root);
    const cancel = () => {
      this.forget(this.place);
      this.input.focus();
    };
    return fill(
      this.root,
      icon("answer"),
      h(
        "div",
        { class: "quote", dir: direction(plainOf(message)), data: { testid: "telegram-reply-quote" } },
        h("span", { class: "quote-name", dir: "auto" }, t("replyingTo", { name: message.sender_name })),
        h("span", { class: "quote-text", dir: "auto" }, firstLine(message)),
      ),
      h(
        "button",
        {
          type: "button",
          class: "close",
          title: t("replyCancel"),
          "aria-label": t("replyCancel"),
          data: { testid: "telegram-reply-cancel" },
          on: { click: cancel },
        },
        icon("close"),
      ),
    );
  }
}

/** The button beside a message that begins a reply to it. */
export function drawReplyTool(reply) {
  const label = t("replyTelegram");
  return h(
    "button",
    {
      type: "button",
      class: "telegram-reply-tool",
      title: label,
      "aria-label": label,
      data: { testid: "telegram-reply-tool" },
      on: { click: reply },
    },
    icon("answer"),
  );
}

/** What a bubble answers; a press shows the message itself. */
export function drawQuote(message) {
  if (!message) return h("p", { class: "quote" }, h("span", { class: "quote-text" }, t("quoteGone")));
  const show = ({ currentTarget }) => {
    const list = currentTarget.closest(".list");
    list.querySelector(`[data-message-id="${message.message_id}"]`)?.scrollIntoView({ block: "center" });
  };
  return h(
    "button",
    {
      type: "button",
      class: "quote",
      dir: direction(plainOf(message)),
      data: { testid: "telegram-quote" },
      on: { click: show },
    },
    h("bdi", { class: "quote-name" }, message.sender_name),
    h("span", { class: "quote-text", dir: "auto" }, firstLine(message)),
  );
}

const firstLine = (message) => plainOf(message).split("\n").find((line) => line.trim()) ?? "";
