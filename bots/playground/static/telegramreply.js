/** Replies in the Telegram pane: the tool beside a message, the quote above the composer and in the sent bubble. */

import { direction, fill, h, icon } from "./dom.js";
import { t } from "./strings.js";
import { plain } from "./tghtml.js";

/** What a message says, without marks; of a picture without words, that it is one, of a document its name. */
export const plainOf = (message) =>
  (message.html ? plain(message.html) : message.text) || message.document?.name || (message.photo ? t("picture") : "");

/** Whether a message asks somebody to reply: everybody in the chat, or those whom it calls by name. */
const asks = (message, me, isPrivate) =>
  message.force_reply && (isPrivate || !message.force_reply.selective || message.force_reply.for.includes(String(me)));

/** The message that is being answered, per chat; Escape and the cross forget it. A question is answered at once. */
export class Reply {
  constructor(input) {
    this.input = input;
    this.root = h("div", { class: "telegram-reply", hidden: true });
    this.chosen = new Map();
    this.asked = new Set();
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

  /** Show a chat. Its latest message opens a reply by itself, once, where it asks `me` for one. */
  open(place, messages, me, isPrivate) {
    this.place = place;
    this.messages = messages;
    const last = messages.at(-1);
    const key = `${place}:${last?.message_id}`;
    if (last && asks(last, me, isPrivate) && !this.asked.has(key)) {
      this.asked.add(key);
      this.chosen.set(place, last.message_id);
      if (document.activeElement === document.body || document.activeElement?.closest(".telegram")) this.input.focus();
    }
    this.draw();
  }

  /** What the empty field says while a question is answered, or null. */
  get placeholder() {
    return this.message?.force_reply?.placeholder || null;
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
