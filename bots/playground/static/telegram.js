/** The Telegram pane: the chats of one person, with bubbles, inline keyboards, alerts and "typing…". */

import { avatar, direction, fill, h } from "./dom.js";
import { Composer, Log, PersonSwitch, Underway, Unread, badge, clock, dayItem, starters } from "./pane.js";
import { tappable } from "./sentences.js";
import { post } from "./state.js";
import { language, t } from "./strings.js";
import { Alerts } from "./alerts.js";
import { drawMessage, typingItem } from "./telegrammessage.js";
import { Commands } from "./telegramcommands.js";
import { Reply, drawQuote, plainOf } from "./telegramreply.js";

export class TelegramPane {
  /** `page`: {notify(words), examples(platform, person), isShown(platform)}. */
  constructor(root, page) {
    this.page = page;
    this.telegram = null;
    this.chats = new Map();
    this.alerts = new Alerts();
    this.unread = new Unread();
    this.underway = new Underway(() => this.draw());
    this.who = new PersonSwitch("telegram", () => this.switchPerson());
    this.log = new Log("telegram-log");
    this.composer = new Composer("telegram", page, (text, file) => this.say(text, file));
    this.reply = new Reply(this.composer.input);
    this.commands = new Commands((text) => this.say(text));
    this.composer.root.prepend(this.commands.root);
    this.side = h("nav", { class: "side" });
    this.head = h("header", { class: "chat-head" });
    const title = h(
      "h2",
      { class: "workspace" },
      h("span", { class: "logo", "aria-hidden": "true" }, "@"),
      h("span", {}, "Telegram"),
    );
    const parts = [this.head, this.log.root, this.reply.root, this.composer.root, this.alerts.root];
    const chat = h("div", { class: "chat" }, parts);
    this.composer.takesFilesOn(chat);
    root.append(
      h("header", { class: "pane-head" }, title, this.who.root),
      h("div", { class: "pane-body" }, this.side, chat),
    );
  }

  /** Show a new state. */
  update(telegram) {
    this.telegram = telegram;
    this.alerts.note(telegram.alerts);
    this.draw();
  }

  /** Put a sentence into the composer of a person's chat with the bot. */
  compose(person, text) {
    this.who.choose(person);
    const place = this.visibleChats().find((each) => each.kind === "private");
    if (place) this.chats.set(String(this.me.id), String(place.id));
    this.draw();
    this.composer.write(text);
  }

  switchPerson() {
    // Somebody else looks at the same group, if that is what is open.
    if (this.visibleChats().some((each) => each.id === this.openId))
      this.chats.set(String(this.me.id), String(this.openId));
    this.draw();
  }

  get me() {
    return this.who.person;
  }

  get chat() {
    const mine = this.visibleChats();
    const chosen = this.chats.get(String(this.me.id));
    return mine.find((each) => String(each.id) === chosen) ?? mine.find((each) => each.kind === "private") ?? mine[0];
  }

  visibleChats(person = this.me) {
    return this.telegram.chats.filter((each) => each.kind === "group" || String(each.person) === String(person.id));
  }

  countUnread(open) {
    const counts = {};
    for (const person of this.telegram.people) {
      for (const chat of this.visibleChats(person)) {
        const foreign = this.messages(chat).filter((each) => String(each.sender) !== String(person.id));
        counts[`${person.id}:${chat.id}`] = foreign.length;
      }
    }
    const unread = this.unread.update(counts, this.page.isShown("telegram") ? `${this.me.id}:${open.id}` : null);
    return Object.fromEntries(this.visibleChats().map((each) => [each.id, unread[`${this.me.id}:${each.id}`]]));
  }

  messages(chat) {
    return this.telegram.messages[String(chat.id)] ?? [];
  }

  draw() {
    if (!this.telegram) return;
    this.who.update(this.telegram.people);
    if (!this.me || !this.chat) return;
    const { chat } = this;
    this.openId = chat.id;
    const messages = this.messages(chat);
    const mine = this.telegram.alerts.filter((each) => String(each.person) === String(this.me.id));
    // A press is answered by an alert, or by something that the bot says or changes here.
    this.signature = JSON.stringify([this.answers(messages), mine]);
    this.isTyping = this.types(chat, messages);
    this.drawSide(chat);
    this.drawHead(chat);
    const place = `telegram:${this.me.id}:${chat.id}`;
    const items = messages.length ? this.items(messages, chat) : [this.emptyItem(chat)];
    if (this.isTyping) items.push(typingItem());
    this.log.update(place, items, this.titleOf(chat));
    this.reply.open(place, messages, this.me.id, chat.kind === "private");
    this.composer.open(place, this.reply.placeholder ?? t("messageTo", { name: this.titleOf(chat) }));
    this.commands.update(this.telegram.commands, this.me.locale);
    this.alerts.show(mine);
  }

  types(chat, messages) {
    const waits = this.underway.is(`answer:${chat.id}`, JSON.stringify(this.answers(messages)));
    return waits || this.telegram.typing.some((each) => String(each) === String(chat.id));
  }

  titleOf(chat) {
    return chat.kind === "private" ? this.telegram.bot.name : chat.title;
  }

  drawSide(open) {
    this.side.setAttribute("aria-label", t("chats"));
    const mine = this.visibleChats();
    const unread = this.countUnread(open);
    this.unreadCount = Object.values(unread).reduce((sum, count) => sum + count, 0);
    const last = (chat) => this.messages(chat).at(-1);
    const signature = JSON.stringify([
      mine.map((each) => [each, last(each)]),
      open.id,
      unread,
      this.isTyping,
      language(),
    ]);
    if (signature === this.sideSignature) return;
    const focused = this.side.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    fill(
      this.side,
      mine.map((each) => this.drawEntry(each, each.id === open.id, unread[each.id], last(each))),
    );
    this.sideSignature = signature;
    if (focused) this.side.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }

  drawEntry(chat, isOpen, unread, last) {
    const open = () => {
      this.chats.set(String(this.me.id), String(chat.id));
      this.draw();
    };
    const preview = isOpen && this.isTyping ? t("typing") : last ? plainOf(last).split("\n")[0] : "";
    return h(
      "button",
      {
        type: "button",
        class: "entry",
        "aria-current": isOpen ? "true" : null,
        data: { testid: `telegram-chat-${chat.id}` },
        on: { click: open },
      },
      avatar(chat.id, this.titleOf(chat), chat.kind === "private" ? "bot" : "people"),
      h(
        "span",
        { class: "entry-top" },
        h("bdi", { class: "entry-name" }, this.titleOf(chat)),
        last && clock(last.time),
      ),
      h(
        "span",
        { class: "entry-end" },
        h("span", { class: "preview", dir: direction(preview) }, preview),
        badge(unread),
      ),
    );
  }

  drawHead(chat) {
    const people = this.telegram.people.length;
    const note = this.isTyping
      ? h("p", { class: "is-typing", data: { testid: "telegram-typing" } }, t("typing"))
      : h(
          "p",
          {},
          chat.kind === "private"
            ? [h("bdi", {}, `@${this.telegram.bot.username}`), ` · ${t("bot")}`]
            : t("members", people),
        );
    fill(
      this.head,
      avatar(chat.id, this.titleOf(chat), chat.kind === "private" ? "bot" : "people"),
      h("div", {}, h("h3", {}, h("bdi", {}, this.titleOf(chat))), note),
    );
  }

  items(messages, chat) {
    const items = [];
    let day = null;
    for (const [index, message] of messages.entries()) {
      const opened = dayItem(message.time);
      if (opened.day !== day) items.push(opened);
      day = opened.day;
      const follows = index > 0 && String(messages[index - 1].sender) === String(message.sender);
      items.push(this.messageItem(message, chat, follows));
    }
    return items;
  }

  messageItem(message, chat, follows) {
    const keys = (message.reply_markup?.inline_keyboard ?? []).flat().map((each) => each.callback_data);
    const pressed = keys.filter((data) => this.underway.is(`${chat.id}:${message.message_id}:${data}`, this.signature));
    const mine = String(message.sender) === String(this.me.id);
    const quoted = message.reply_to && this.messages(chat).find((each) => each.message_id === message.reply_to);
    return {
      key: `message:${message.message_id}`,
      signature: JSON.stringify([message, quoted, pressed, mine, follows, language()]),
      said: plainOf(message),
      mine,
      make: () =>
        tappable(
          drawMessage(message, {
            isMine: mine,
            isBot: String(message.sender) === String(this.telegram.bot.id),
            named: chat.kind === "group" && !mine,
            follows,
            press: (button) => this.press(message, chat, button),
            isPressed: (data) => pressed.includes(data),
            quote: message.reply_to && drawQuote(quoted),
            reply: () => this.reply.choose(message),
          }),
          String(message.sender) === String(this.telegram.bot.id) &&
            ((text) => this.say(chat.kind === "private" ? text : `@${this.telegram.bot.username} ${text}`)),
        ),
    };
  }

  emptyItem(chat) {
    const isPrivate = chat.kind === "private";
    const make = () =>
      h(
        "div",
        { class: "empty" },
        avatar(chat.id, this.titleOf(chat), isPrivate ? "bot" : "people"),
        h("h4", {}, t("emptyChat")),
        isPrivate && h("p", {}, t("emptyChatHint")),
        isPrivate &&
          h(
            "button",
            {
              type: "button",
              class: "tool strong",
              data: { testid: "telegram-start" },
              on: { click: () => this.say("/start") },
            },
            t("start"),
          ),
        isPrivate && starters(this.page.examples("telegram", this.me), (text) => this.composer.write(text)),
      );
    return { key: "empty", signature: JSON.stringify([chat.id, this.me.id, language()]), make };
  }

  answers(messages) {
    return messages.filter((each) => String(each.sender) === String(this.telegram.bot.id));
  }

  async say(text, file = null) {
    const { chat, me } = this;
    const answers = this.answers(this.messages(chat));
    const before = JSON.stringify(answers);
    const { place, message: quoted } = this.reply;
    const asked =
      chat.kind === "private" || answers.includes(quoted) || text.includes(`@${this.telegram.bot.username}`);
    const more = { ...(file && { file }), ...(quoted && { reply_to: quoted.message_id }) };
    try {
      await post("telegram/say", { person: me.id, chat: chat.id, text, ...more });
    } catch {
      this.page.notify(t("failed"));
      return false;
    }
    this.reply.forget(place);
    if (asked) this.underway.begin(`answer:${chat.id}`, before);
    return true;
  }

  async press(message, chat, button) {
    const key = `${chat.id}:${message.message_id}:${button.callback_data}`;
    this.underway.begin(key, this.signature);
    try {
      await post("telegram/press", {
        person: this.me.id,
        chat: chat.id,
        message_id: message.message_id,
        data: button.callback_data,
      });
    } catch {
      this.page.notify(t("failed"));
      this.underway.end(key);
    }
  }
}
