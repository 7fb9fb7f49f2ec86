/** The Slack pane: a workspace as one of its people sees it, with channels, threads and what only that person sees. */

import { avatar, fill, h, icon } from "./dom.js";
import { Composer, Log, PersonSwitch, Underway, Unread, badge, dayItem, starters } from "./pane.js";
import { actionIds, drawMessage, follows, saidBy } from "./slackmessage.js";
import { tappable } from "./sentences.js";
import { SlackHome } from "./slackhome.js";
import { SlackModal } from "./slackmodal.js";
import { post } from "./state.js";
import { language, t } from "./strings.js";

export class SlackPane {
  /** `page`: {notify(words), examples(platform, person), isShown(platform)}. */
  constructor(root, page) {
    this.page = page;
    this.slack = null;
    this.channels = new Map();
    this.threads = new Map();
    this.home = new SlackHome(page, () => this.draw());
    this.unread = new Unread();
    this.underway = new Underway(() => this.draw());
    this.who = new PersonSwitch("slack", () => this.switchPerson());
    this.log = new Log("slack-log");
    this.composer = new Composer("slack", page, (text, file) => this.say(text, file));
    this.mention = h("button", {
      type: "button",
      class: "mention-bot",
      data: { testid: "slack-mention" },
      on: { click: () => this.addMention() },
    });
    this.composer.extra.append(this.mention);
    this.side = h("nav", { class: "side" });
    this.head = h("header", { class: "chat-head" });
    this.working = h("p", { class: "working", "aria-live": "polite" });
    this.title = h("h2", { class: "workspace", dir: "auto" });
    const chat = h("div", { class: "chat" }, this.head, this.home.root, this.log.root, this.working, this.composer.root);
    this.composer.takesFilesOn(chat);
    const body = h("div", { class: "pane-body" }, this.side, chat);
    root.append(h("header", { class: "pane-head" }, this.title, this.who.root), body);
    this.modal = new SlackModal(body, page, () => this.composer.input.focus());
  }

  /** Show a new state; null leaves the pane waiting for its first one. */
  update(slack) {
    this.slack = slack;
    this.draw();
  }

  /** Put a sentence into the composer as a person, in the channel where it makes sense. */
  compose(person, text) {
    this.who.choose(person);
    const mentioned = text.includes(`@${this.slack.bot.name}`) || text.includes(`<@${this.slack.bot.id}>`);
    const place = this.visibleChannels().find((each) => (each.kind === "channel") === mentioned);
    if (place) this.channels.set(this.me.id, place.id);
    this.draw();
    this.composer.write(text);
  }

  switchPerson() {
    // Somebody else looks at the same channel, if they can.
    if (this.visibleChannels().some((each) => each.id === this.openId)) this.channels.set(this.me.id, this.openId);
    this.draw();
  }

  get me() {
    return this.who.person;
  }

  get channel() {
    const mine = this.visibleChannels();
    const chosen = this.channels.get(this.me.id);
    return mine.find((each) => each.id === chosen) ?? mine.find((each) => each.kind === "im") ?? mine[0];
  }

  visibleChannels(person = this.me) {
    return this.slack.channels.filter((each) => each.kind === "channel" || each.person === person.id);
  }

  visibleMessages(channel, person = this.me) {
    const all = this.slack.messages[channel.id] ?? [];
    return all.filter((each) => !each.ephemeral_for || each.ephemeral_for === person.id);
  }

  countUnread(open) {
    const counts = {};
    for (const person of this.slack.people) {
      for (const channel of this.visibleChannels(person)) {
        const foreign = this.visibleMessages(channel, person).filter((each) => each.user !== person.id);
        counts[`${person.id}:${channel.id}`] = foreign.length;
      }
    }
    const unread = this.unread.update(counts, this.page.isShown("slack") ? `${this.me.id}:${open.id}` : null);
    return Object.fromEntries(this.visibleChannels().map((each) => [each.id, unread[`${this.me.id}:${each.id}`]]));
  }

  draw() {
    if (!this.slack) return;
    this.who.update(this.slack.people);
    if (!this.me || !this.channel) return;
    const { bot, people, channels } = this.slack;
    this.names = Object.fromEntries([bot, ...people, ...channels].map((each) => [each.id, each.name]));
    const { channel } = this;
    this.openId = channel.id;
    const messages = this.visibleMessages(channel);
    const views = this.slack.views ?? {};
    // A press is answered by something that the bot says or changes here, or by a modal.
    this.signature = JSON.stringify([this.answers(messages), views[this.me.id]?.id]);
    fill(
      this.title,
      h("span", { class: "logo", "aria-hidden": "true" }, [...this.slack.team][0] ?? ""),
      h("span", {}, this.slack.team),
      h("small", {}, "Slack"),
    );
    this.drawSide(channel);
    this.drawHead(channel);
    const place = `slack:${this.me.id}:${channel.id}`;
    const items = messages.length ? this.items(messages, channel) : [this.emptyItem(channel)];
    this.log.update(place, items, this.nameOf(channel));
    const works = this.underway.is(`answer:${channel.id}`, this.answers(messages).length);
    fill(
      this.working,
      works && [
        h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        t("working", { name: bot.name }),
      ],
    );
    this.composer.open(place, t("messageTo", { name: this.nameOf(channel) }));
    this.mention.hidden = channel.kind === "im";
    this.mention.setAttribute("aria-label", t("mention", { bot: bot.name }));
    fill(this.mention, icon("at"), h("bdi", {}, bot.name));
    const kit = { names: this.names, bot };
    this.drawHome(channel, kit, views[this.me.id]?.hash);
    this.modal.update(views, this.me, kit);
  }

  /** In the app's direct chat its Home tab may lie over the messages. */
  drawHome(channel, kit, modal) {
    const isOpen = this.home.isOpen(channel, this.me);
    for (const each of [this.log.root, this.working, this.composer.root]) each.hidden = isOpen;
    this.home.root.hidden = !isOpen;
    if (isOpen) this.home.update(this.slack.homes?.[this.me.id] ?? null, this.me, kit, modal);
  }

  nameOf(channel) {
    return channel.kind === "im" ? this.slack.bot.name : `#${channel.name}`;
  }

  drawSide(open) {
    this.side.setAttribute("aria-label", t("channels"));
    const mine = this.visibleChannels();
    const unread = this.countUnread(open);
    this.unreadCount = Object.values(unread).reduce((sum, count) => sum + count, 0);
    const group = (kind, words_) => [
      h("h3", {}, words_),
      mine
        .filter((each) => each.kind === kind)
        .map((each) => this.drawEntry(each, each.id === open.id, unread[each.id])),
    ];
    const signature = JSON.stringify([mine, open.id, unread, language()]);
    if (signature === this.sideSignature) return;
    const focused = this.side.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    fill(this.side, group("channel", t("channels")), group("im", t("apps")));
    this.sideSignature = signature;
    if (focused) this.side.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }

  drawEntry(channel, isOpen, unread) {
    const open = () => {
      this.channels.set(this.me.id, channel.id);
      this.draw();
    };
    return h(
      "button",
      {
        type: "button",
        class: unread ? "entry fresh" : "entry",
        "aria-current": isOpen ? "true" : null,
        data: { testid: `slack-channel-${channel.id}` },
        on: { click: open },
      },
      channel.kind === "im"
        ? avatar(this.slack.bot.id, this.slack.bot.name, "bot")
        : h("span", { class: "hash", "aria-hidden": "true" }, "#"),
      h("bdi", { class: "entry-name" }, channel.kind === "im" ? this.slack.bot.name : channel.name),
      badge(unread),
    );
  }

  drawHead(channel) {
    const bot = this.slack.bot.name;
    const name = h(
      "h3",
      {},
      h("bdi", {}, channel.kind === "im" ? bot : `# ${channel.name}`),
      channel.kind === "im" && h("span", { class: "app-tag" }, t("app")),
    );
    const signature = JSON.stringify([channel.id, this.home.isOpen(channel, this.me), this.me.id, language(), bot]);
    if (signature === this.headSignature) return;
    const focused = this.head.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    const isChannel = channel.kind === "channel";
    fill(this.head, name, isChannel ? h("p", {}, t("channelNote", { bot })) : this.home.drawTabs(channel, this.me));
    this.headSignature = signature;
    if (focused) this.head.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Roots in their order, each with its replies and the place to answer, and a line where a new day begins. */
  items(messages, channel) {
    const roots = new Set(messages.map((each) => each.ts));
    const isReply = (each) => each.thread_ts && each.thread_ts !== each.ts && roots.has(each.thread_ts);
    const items = [];
    let day = null;
    let previous = null;
    for (const root of messages.filter((each) => !isReply(each))) {
      const opened = dayItem(root.time);
      if (opened.day !== day) items.push(opened);
      const replies = messages.filter((each) => isReply(each) && each.thread_ts === root.ts);
      items.push(
        this.messageItem(root, { compact: opened.day === day && follows(root, previous), channel, thread: root.ts }),
      );
      items.push(...this.threadItems(root, replies, channel));
      previous = replies.length || this.isOpen(channel, root) ? null : root;
      day = opened.day;
    }
    return items;
  }

  threadItems(root, replies, channel) {
    if (!replies.length && !this.isOpen(channel, root)) return [];
    const count = {
      key: `replies:${root.ts}`,
      signature: `${replies.length}${language()}`,
      make: () => h("p", { class: "reply-count" }, t("replies", replies.length)),
    };
    const drawn = replies.map((each, index) =>
      this.messageItem(each, { compact: follows(each, replies[index - 1]), channel, reply: true }),
    );
    return [...(replies.length ? [count] : []), ...drawn, this.threadFoot(root, channel)];
  }

  isOpen(channel, root) {
    return this.threads.has(`${channel.id}:${root.ts}`);
  }

  threadFoot(root, channel) {
    const isOpen = this.isOpen(channel, root);
    const make = () => {
      if (isOpen) return h("div", { class: "thread-foot" }, this.threadComposer(root, channel).root);
      return h(
        "div",
        { class: "thread-foot" },
        h(
          "button",
          {
            type: "button",
            class: "reply-open",
            data: { testid: "slack-reply" },
            on: { click: () => this.openThread(root, channel) },
          },
          t("replyShort"),
        ),
      );
    };
    return { key: `foot:${root.ts}`, signature: `${isOpen}${this.me.id}${language()}`, make };
  }

  threadComposer(root, channel) {
    const key = `${channel.id}:${root.ts}`;
    if (!this.threads.has(key)) {
      const composer = new Composer("slack-thread", this.page, (text, file) => this.say(text, file, root.ts));
      composer.root.addEventListener("keydown", (event) => event.key === "Escape" && this.closeThread(key));
      this.threads.set(key, composer);
    }
    const composer = this.threads.get(key);
    composer.open(`slack:${this.me.id}:${key}`, t("replyTo"));
    return composer;
  }

  openThread(root, channel) {
    const composer = this.threadComposer(root, channel);
    this.draw();
    composer.input.focus();
    composer.root.scrollIntoView({ block: "nearest" });
  }

  closeThread(key) {
    this.threads.delete(key);
    this.draw();
    this.composer.input.focus();
  }

  messageItem(message, { compact, channel, reply = false, thread = null }) {
    const pressed = actionIds(message).filter((id) =>
      this.underway.is(`${channel.id}:${message.ts}:${id}`, this.signature),
    );
    return {
      key: `message:${message.ts}`,
      signature: JSON.stringify([message, compact, pressed, this.names, language()]),
      said: saidBy(message, this.names),
      mine: message.user === this.me.id,
      make: () =>
        tappable(
          drawMessage(message, {
            names: this.names,
            isBot: message.user === this.slack.bot.id,
            compact,
            isReply: reply,
            press: (element) => this.press(message, element, channel),
            isPressed: (id) => pressed.includes(id),
            answer: thread && (() => this.openThread(message, channel)),
          }),
          message.user === this.slack.bot.id &&
            ((text) => this.say(channel.kind === "im" ? text : `@${this.slack.bot.name} ${text}`)),
        ),
    };
  }

  emptyItem(channel) {
    const name = this.nameOf(channel);
    const im = channel.kind === "im";
    const write = (text) => this.composer.write(text);
    const make = () =>
      h(
        "div",
        { class: "empty" },
        avatar(channel.id, name, im ? "bot" : "people"),
        h("h4", {}, t(im ? "emptyIm" : "emptyChannel", { name })),
        h("p", {}, t(im ? "emptyImHint" : "emptyChannelHint")),
        im && starters(this.page.examples("slack", this.me), write),
      );
    return { key: "empty", signature: JSON.stringify([channel.id, this.me.id, language()]), make };
  }

  addMention() {
    const said = this.composer.input.value;
    const bot = `@${this.slack.bot.name} `;
    this.composer.write(said.startsWith(bot) ? said : bot + said);
  }

  answers(messages) {
    return messages.filter((each) => each.user === this.slack.bot.id);
  }

  async say(text, file, thread = null) {
    const { channel, me } = this;
    const before = this.answers(this.visibleMessages(channel)).length;
    const asked = channel.kind === "im" || text.includes(`@${this.slack.bot.name}`);
    try {
      const more = { ...(file && { file }), ...(thread && { thread_ts: thread }) };
      await post("slack/say", { person: me.id, channel: channel.id, text, ...more });
    } catch {
      this.page.notify(t("failed"));
      return false;
    }
    if (asked) this.underway.begin(`answer:${channel.id}`, before);
    return true;
  }

  async press(message, element, channel) {
    if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
    const key = `${channel.id}:${message.ts}:${element.action_id}`;
    this.underway.begin(key, this.signature);
    try {
      await post("slack/press", {
        person: this.me.id,
        channel: channel.id,
        ts: message.ts,
        action_id: element.action_id,
      });
    } catch {
      this.page.notify(t("failed"));
      this.underway.end(key);
    }
  }
}
