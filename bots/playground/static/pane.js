/** What both panes are made of: a log that keeps its place, a composer, a person switch, and what is being waited for. */

import { Attachment, packed, takesFiles } from "./attach.js";
import { avatar, fill, h, icon, reconcile } from "./dom.js";
import { language, note, remember, remembered, t } from "./strings.js";

const NEAR = 60;
/** Pixels from the end within which a reader counts as being at the end. */
const PATIENCE = 45_000;
/** Milliseconds after which a spinner gives up; the bot itself answers, or apologises, within 30 s. */

/** The messages of the open chat. Stays at the end unless the reader scrolled up; then it offers the way down. */
export class Log {
  constructor(testid) {
    this.list = h("div", { class: "list", role: "log", "aria-live": "off", data: { testid } });
    this.scroller = h("div", { class: "scroller", tabindex: "0" }, this.list);
    this.pill = h("button", { type: "button", class: "pill", hidden: true, on: { click: () => this.toEnd() } });
    this.root = h("div", { class: "log" }, this.scroller, this.pill);
    this.place = null;
    this.shown = new Set();
    this.stuck = true;
    this.top = 0;
    this.scroller.addEventListener("scroll", () => this.noteScroll(), { passive: true });
    // The list grows too after it was drawn: a picture has no height until it is there.
    const follow = new ResizeObserver(() => this.stuck && this.toEnd());
    follow.observe(this.scroller);
    follow.observe(this.list);
  }

  noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    // The other tab of a phone has no height, and nobody scrolls it.
    if (!clientHeight) return;
    // Only a reader who goes up leaves the end; a list that grows below them has not been scrolled.
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.stuck = true;
    else if (scrollTop < this.top) this.stuck = false;
    this.top = scrollTop;
    if (this.stuck) this.pill.hidden = true;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.top = this.scroller.scrollTop;
    this.stuck = true;
    this.pill.hidden = true;
  }

  reveal(node) {
    // A reply in an older thread is not at the end.
    const isAbove = node.getBoundingClientRect().bottom < this.scroller.getBoundingClientRect().top;
    if (isAbove) node.scrollIntoView({ block: "center" });
  }

  /** Show `items` ({key, signature, make, said?, mine?}) of a place; a place just opened is shown from its end. */
  update(place, items, label) {
    // A reader's move is told with the next frame; what arrives before it must not pull them back.
    this.noteScroll();
    this.scroller.setAttribute("aria-label", label);
    fill(this.pill, icon("down"), t("newMessages"));
    const moved = place !== this.place;
    if (moved) this.list.replaceChildren();
    // A screen reader is told of what arrives, not of a whole chat that was opened.
    this.list.setAttribute("aria-live", moved ? "off" : "polite");
    const stuck = moved || this.stuck;
    const added = moved ? [] : items.filter((item) => item.said && !this.shown.has(item.key));
    this.place = place;
    this.shown = new Set(items.map((item) => item.key));
    const nodes = reconcile(this.list, items);
    if (stuck || added.some((item) => item.mine)) {
      this.toEnd();
      if (added.length) this.reveal(nodes[items.indexOf(added.at(-1))]);
    } else if (added.length) this.pill.hidden = false;
  }
}

const drafts = new Map();

/**
 * Where a message is written and a file attached. Enter sends, Shift+Enter breaks the line; what was half written waits
 * in its chat. `send(text, file)`: `file` is {name, content} or null; it resolves to whether it was sent.
 */
export class Composer {
  constructor(prefix, page, send) {
    this.page = page;
    this.send = send;
    this.place = null;
    this.input = h("textarea", {
      rows: "1",
      dir: document.documentElement.dir,
      autocomplete: "off",
      data: { testid: `${prefix}-input` },
    });
    this.button = h("button", { type: "submit", class: "send", data: { testid: `${prefix}-send` } }, icon("send"));
    this.attachment = new Attachment(prefix, page, () => {
      this.noteInput();
      this.input.focus();
    });
    const { root, button, picker } = this.attachment;
    this.extra = h("div", { class: "extra" }, button, picker);
    this.root = h("form", { class: "composer" }, root, this.input, h("div", { class: "bar" }, this.extra, this.button));
    this.input.addEventListener("input", () => this.noteInput());
    this.input.addEventListener("keydown", (event) => this.noteKey(event));
    this.root.addEventListener("submit", (event) => this.submit(event));
  }

  /** Let files be dropped anywhere on `node`. */
  takesFilesOn(node) {
    takesFiles(
      node,
      this.input,
      () => !this.root.hidden,
      (files) => this.attachment.take(files),
    );
  }

  open(place, placeholder) {
    this.input.placeholder = placeholder;
    this.input.setAttribute("aria-label", placeholder);
    this.button.setAttribute("aria-label", t("send"));
    this.button.title = t("send");
    if (place !== this.place) this.input.value = drafts.get(place) ?? "";
    this.place = place;
    this.attachment.open(place);
    this.noteInput();
  }

  write(text) {
    this.input.value = text;
    this.noteInput();
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  noteInput() {
    const { value } = this.input;
    drafts.set(this.place, value);
    // An empty field has no direction of its own; its placeholder reads as the page does.
    this.input.dir = value ? "auto" : document.documentElement.dir;
    this.input.rows = Math.min(6, value.split("\n").length);
    this.button.disabled = value.trim() === "" && !this.attachment.file;
  }

  /** Read a file from disk; undefined for one that is no longer there, or is a folder. */
  async pack(file) {
    try {
      return file && (await packed(file));
    } catch {
      this.page.notify(t("fileUnread"));
      return undefined;
    }
  }

  noteKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.submit(event);
  }

  async submit(event) {
    event.preventDefault();
    const { place } = this;
    const text = this.input.value.trim();
    const { file } = this.attachment;
    if ((!text && !file) || this.root.ariaBusy === "true") return;
    this.root.ariaBusy = "true";
    const sent = await this.pack(file).then((ready) => ready !== undefined && this.send(text, ready));
    this.root.ariaBusy = "false";
    if (!sent) return;
    drafts.delete(place);
    this.attachment.forget(place);
    if (place === this.place) this.input.value = "";
    this.noteInput();
  }
}

/** Who speaks in a pane; the choice is remembered. */
export class PersonSwitch {
  constructor(platform, changed) {
    this.key = `eventflow.${platform}.person`;
    this.people = [];
    this.chosen = remembered(this.key);
    this.picture = h("span", { class: "picture-place" });
    this.label = h("span", { class: "you" });
    this.select = h("select", { data: { testid: `${platform}-person` } });
    this.root = h("label", { class: "person" }, this.label, this.picture, this.select);
    this.select.addEventListener("change", () => {
      this.choose(this.select.value);
      changed();
    });
  }

  choose(id) {
    this.chosen = String(id);
    remember(this.key, this.chosen);
  }

  get person() {
    // Until somebody was chosen: the first who speaks the page's language.
    return (
      this.people.find((each) => String(each.id) === this.chosen) ??
      this.people.find((each) => each.locale === language()) ??
      this.people[0] ??
      null
    );
  }

  update(people) {
    this.people = people;
    fill(this.label, t("youAre"));
    this.select.setAttribute("aria-label", t("person"));
    const signature = JSON.stringify([people, language()]);
    if (signature !== this.signature) {
      fill(
        this.select,
        people.map((each) =>
          h("option", { value: each.id }, each.note ? `${each.name}, ${note(each.note)}` : each.name),
        ),
      );
    }
    this.signature = signature;
    const { person } = this;
    if (!person) return;
    this.select.value = String(person.id);
    fill(this.picture, avatar(person.id, person.name));
  }
}

/** Things under way (a pressed button, a question to the bot), each until the state it was begun in has changed. */
export class Underway {
  constructor(changed) {
    this.begun = new Map();
    this.changed = changed;
  }

  begin(key, signature) {
    const token = {};
    this.begun.set(key, { signature, token });
    setTimeout(() => this.begun.get(key)?.token === token && this.end(key), PATIENCE);
    this.changed();
  }

  end(key) {
    this.begun.delete(key);
    this.changed();
  }

  is(key, signature) {
    if (this.begun.has(key) && this.begun.get(key).signature !== signature) this.begun.delete(key);
    return this.begun.has(key);
  }
}

/** How many messages a person has not seen; what was there when the page opened counts as seen. */
export class Unread {
  constructor() {
    this.seen = null;
  }

  /** `counts`: {key: messages of others}; `open`: the key that is on screen. Return {key: unread}. */
  update(counts, open) {
    this.seen ??= { ...counts };
    const unread = {};
    for (const [key, count] of Object.entries(counts)) {
      this.seen[key] = key === open ? count : Math.min(this.seen[key] ?? 0, count);
      unread[key] = count - this.seen[key];
    }
    return unread;
  }
}

export function badge(count) {
  return count > 0 && h("b", { class: "badge", title: t("unread", count), "aria-label": t("unread", count) }, count);
}

/** The clock of a message, in the page's language; its title is the whole date. */
export function clock(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const short = at.toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return h(
    "time",
    { datetime: iso, title: at.toLocaleString(language(), { dateStyle: "full", timeStyle: "short" }) },
    short,
  );
}

/** The line that opens a day: "Today", or the date. */
export function dayItem(iso, label = "day") {
  const at = new Date(iso);
  const key = at.toDateString();
  const words = () =>
    key === new Date().toDateString()
      ? t("today")
      : at.toLocaleDateString(language(), { weekday: "long", day: "numeric", month: "long" });
  return {
    key: `${label}:${key}`,
    day: key,
    signature: language(),
    make: () => h("div", { class: "day" }, h("span", {}, words())),
  };
}

/** Examples to begin with, where a chat is still empty. */
export function starters(examples, write) {
  if (!examples.length) return null;
  const one = ({ text }) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "starter",
          dir: "auto",
          data: { testid: "starter" },
          on: { click: () => write(text) },
        },
        text,
      ),
    );
  return h("div", { class: "starters" }, h("p", {}, t("tryThis")), h("ul", {}, examples.map(one)));
}
