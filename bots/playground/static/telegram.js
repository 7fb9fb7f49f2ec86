/** The Telegram pane: the chats of one person, with bubbles, inline keyboards, alerts and "typing…". */

import { avatar, direction, fill, h } from "./dom.js";
import { Composer, Log, PersonSwitch, Underway, Unread, badge, clock, dayItem, starters } from "./pane.js";
import { post } from "./state.js";
import { language, t } from "./strings.js";
import { plain, tghtml } from "./tghtml.js";

const TOAST = 7000;
/** Milliseconds that a toast stays. */
const STILL_NEWS = 30_000;
/** Milliseconds for which an answer to a press waits for a person who is not looking. */
const STYLES = ["danger", "success", "primary"];

export class TelegramPane {
  /** `page`: {notify(words), announce(words), examples(platform, person), isShown(platform)}. */
  constructor(root, page) {
    this.page = page;
    this.telegram = null;
    this.chats = new Map();
    this.alerts = null;
    this.unread = new Unread();
    this.underway = new Underway(() => this.draw());
    this.who = new PersonSwitch("telegram", () => this.draw());
    this.log = new Log("telegram-log", page.announce);
    this.composer = new Composer("telegram", (text) => this.say(text));
    this.side = h("nav", { class: "side" });
    this.head = h("header", { class: "chat-head" });
    this.popups = h("div", { class: "popups" });
    const title = h("h2", { class: "workspace" }, h("span", { class: "logo", "aria-hidden": "true" }, "@"), h("span", {}, "Telegram"));
    root.append(
      h("header", { class: "pane-head" }, title, this.who.root),
      h("div", { class: "pane-body" }, this.side, h("div", { class: "chat" }, this.head, this.log.root, this.composer.root, this.popups)),
    );
  }

  /** Show a new state. */
  update(telegram) {
    this.telegram = telegram;
    const now = Date.now();
    // What was said before the page opened is no news.
    this.alerts ??= new Map(telegram.alerts.map((each) => [each.id, 0]));
    for (const each of telegram.alerts) if (!this.alerts.has(each.id)) this.alerts.set(each.id, now);
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

  get me() {
    return this.who.person;
  }

  get chat() {
    const mine = this.visibleChats();
    const chosen = this.chats.get(String(this.me.id));
    return mine.find((each) => String(each.id) === chosen) ?? mine.find((each) => each.kind === "private") ?? mine[0];
  }

  visibleChats() {
    return this.telegram.chats.filter((each) => each.kind === "group" || String(each.person) === String(this.me.id));
  }

  messages(chat) {
    return this.telegram.messages[String(chat.id)] ?? [];
  }

  draw() {
    if (!this.telegram) return;
    this.who.update(this.telegram.people);
    if (!this.me || !this.chat) return;
    const { chat } = this;
    const messages = this.messages(chat);
    const mine = this.telegram.alerts.filter((each) => String(each.person) === String(this.me.id));
    this.signature = JSON.stringify([messages, mine]);
    this.isTyping = this.types(chat, messages);
    this.drawSide(chat);
    this.drawHead(chat);
    const place = `telegram:${this.me.id}:${chat.id}`;
    const items = messages.length ? this.items(messages, chat) : [this.emptyItem(chat)];
    if (this.isTyping) items.push(typingItem());
    this.log.update(place, items, this.titleOf(chat));
    this.composer.open(place, t("messageTo", { name: this.titleOf(chat) }));
    this.drawAlerts(mine);
  }

  types(chat, messages) {
    const waits = this.underway.is(`answer:${chat.id}`, this.answers(messages));
    return waits || this.telegram.typing.some((each) => String(each) === String(chat.id));
  }

  titleOf(chat) {
    return chat.kind === "private" ? this.telegram.bot.name : chat.title;
  }

  drawSide(open) {
    this.side.setAttribute("aria-label", t("chats"));
    const mine = this.visibleChats();
    const key = (chat) => `${this.me.id}:${chat.id}`;
    const foreign = (chat) => this.messages(chat).filter((each) => String(each.sender) !== String(this.me.id)).length;
    const unread = this.unread.update(
      Object.fromEntries(mine.map((each) => [key(each), foreign(each)])),
      this.page.isShown("telegram") ? key(open) : null,
    );
    this.unreadCount = Object.values(unread).reduce((sum, count) => sum + count, 0);
    const last = (chat) => this.messages(chat).at(-1);
    const signature = JSON.stringify([mine.map((each) => [each, last(each)]), open.id, unread, this.isTyping, language()]);
    if (signature === this.sideSignature) return;
    const focused = this.side.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    fill(this.side, mine.map((each) => this.drawEntry(each, each.id === open.id, unread[key(each)], last(each))));
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
      { type: "button", class: "entry", "aria-current": isOpen ? "true" : null, data: { testid: `telegram-chat-${chat.id}` }, on: { click: open } },
      avatar(chat.id, this.titleOf(chat), chat.kind === "private" ? "bot" : "people"),
      h("span", { class: "entry-body" }, h("bdi", { class: "entry-name" }, this.titleOf(chat)), h("span", { class: "preview", dir: direction(preview) }, preview)),
      h("span", { class: "entry-side" }, last && clock(last.time), badge(unread)),
    );
  }

  drawHead(chat) {
    const people = this.telegram.people.length;
    const note = this.isTyping
      ? h("p", { class: "is-typing", data: { testid: "telegram-typing" } }, t("typing"))
      : h("p", {}, chat.kind === "private" ? [h("bdi", {}, `@${this.telegram.bot.username}`), ` · ${t("bot")}`] : t("members", people));
    fill(this.head, avatar(chat.id, this.titleOf(chat), chat.kind === "private" ? "bot" : "people"), h("div", {}, h("h3", {}, h("bdi", {}, this.titleOf(chat))), note));
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
    return {
      key: `message:${message.message_id}`,
      signature: JSON.stringify([message, pressed, mine, follows, language()]),
      said: plainOf(message),
      by: message.sender_name,
      mine,
      make: () => this.drawMessage(message, chat, { pressed, mine, follows }),
    };
  }

  drawMessage(message, chat, { pressed, mine, follows }) {
    const others = chat.kind === "group" && !mine;
    const isBot = String(message.sender) === String(this.telegram.bot.id);
    const note = h("span", { class: "stamp" }, message.edited && h("span", { class: "edited" }, t("edited")), clock(message.time));
    const bubble = h(
      "div",
      { class: "bubble" },
      others && !follows && h("bdi", { class: "name" }, message.sender_name),
      message.html ? tghtml(message.html) : drawPlain(message.text),
      note,
    );
    return h(
      "article",
      {
        class: ["telegram-message", mine && "mine", follows && "follows", others && "other"].filter(Boolean).join(" "),
        "aria-label": message.sender_name,
        data: { testid: "telegram-message", messageId: message.message_id, sender: message.sender },
      },
      others && avatar(message.sender, message.sender_name, isBot ? "bot" : null),
      h("div", { class: "stack" }, bubble, this.drawKeyboard(message, chat, pressed)),
    );
  }

  drawKeyboard(message, chat, pressed) {
    const rows = message.reply_markup?.inline_keyboard;
    if (!rows?.length) return null;
    const key = (button) => {
      const busy = pressed.includes(button.callback_data);
      const style = STYLES.includes(button.style) ? ` ${button.style}` : "";
      return h(
        "button",
        {
          type: "button",
          class: `key${style}`,
          "aria-busy": busy ? "true" : null,
          data: { testid: "telegram-button", data: button.callback_data },
          on: { click: () => this.press(message, chat, button) },
        },
        h("bdi", {}, button.text),
        busy && h("span", { class: "spinner", "aria-hidden": "true" }),
      );
    };
    return h("div", { class: "keyboard", dir: direction(plainOf(message)) }, rows.map((row) => h("div", { class: "row" }, row.map(key))));
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
        isPrivate && h("button", { type: "button", class: "tool strong", data: { testid: "telegram-start" }, on: { click: () => this.say("/start") } }, t("start")),
        isPrivate && starters(this.page.examples("telegram", this.me), (text) => this.composer.write(text)),
      );
    return { key: "empty", signature: JSON.stringify([chat.id, this.me.id, language()]), make };
  }

  drawAlerts(mine) {
    const now = Date.now();
    for (const each of mine) {
      const arrived = this.alerts.get(each.id);
      this.alerts.set(each.id, 0);
      if (now - arrived > STILL_NEWS) continue;
      const shown = each.show_alert ? popup(each) : toast(each);
      this.popups.append(shown);
      shown.querySelector("button")?.focus();
    }
  }

  answers(messages) {
    return messages.filter((each) => String(each.sender) === String(this.telegram.bot.id)).length;
  }

  async say(text) {
    const { chat, me } = this;
    const before = this.answers(this.messages(chat));
    const asked = chat.kind === "private" || text.includes(`@${this.telegram.bot.username}`);
    try {
      await post("telegram/say", { person: me.id, chat: chat.id, text });
    } catch {
      this.page.notify(t("failed"));
      return false;
    }
    if (asked) this.underway.begin(`answer:${chat.id}`, before);
    return true;
  }

  async press(message, chat, button) {
    const key = `${chat.id}:${message.message_id}:${button.callback_data}`;
    this.underway.begin(key, this.signature);
    try {
      await post("telegram/press", { person: this.me.id, chat: chat.id, message_id: message.message_id, data: button.callback_data });
    } catch {
      this.page.notify(t("failed"));
      this.underway.end(key);
    }
  }
}

const plainOf = (message) => (message.html ? plain(message.html) : message.text);

function drawPlain(text) {
  const line = (words) => (words.trim() ? h("p", { dir: "auto" }, words) : h("p", { class: "gap" }));
  return h("div", { class: "tghtml", dir: direction(text) }, text.split("\n").map(line));
}

function typingItem() {
  const make = () =>
    h("div", { class: "telegram-message typing" }, h("div", { class: "bubble" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", { class: "unseen" }, t("typing"))));
  return { key: "typing", signature: language(), make };
}

function toast(alert) {
  const shown = h("p", { class: "toast", role: "status", dir: "auto", data: { testid: "telegram-alert" } }, alert.text);
  setTimeout(() => shown.remove(), TOAST);
  return shown;
}

function popup(alert) {
  const shown = h("div", { class: "popup", role: "alertdialog", "aria-modal": "false", "aria-label": alert.text, data: { testid: "telegram-alert" } });
  const close = () => shown.remove();
  shown.append(h("div", { class: "popup-card" }, h("p", { dir: "auto" }, alert.text), h("button", { type: "button", data: { testid: "telegram-alert-ok" }, on: { click: close } }, t("ok"))));
  shown.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return shown;
}
