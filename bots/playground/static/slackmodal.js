/** A modal over the Slack pane: seen by the person who was asked, kept while they type, and sent when they submit. */

import { drawBlock } from "./blocks.js";
import { avatar, direction, fill, h, icon } from "./dom.js";
import { Field, keyOf } from "./slackfield.js";
import { post } from "./state.js";
import { language, t } from "./strings.js";

const PROBLEMS = {
  required: "required",
  too_short: "tooShort",
  too_long: "tooLong",
  not_whole: "notWhole",
  too_small: "tooSmall",
  too_large: "tooLarge",
};

export class SlackModal {
  /** `page`: {notify(words)}; `back()` gives the focus to the pane where nothing else has a claim to it. */
  constructor(pane, page, back) {
    this.pane = pane;
    this.page = page;
    this.back = back;
    this.layer = h("div", { class: "modal-layer", hidden: true });
    this.layer.addEventListener("keydown", (event) => this.noteKey(event));
    pane.append(this.layer);
    this.typed = new Map();
    this.closing = new Set();
    this.busy = null;
    this.view = null;
    this.signature = null;
  }

  /** Show what `me` has open. `views`: everybody's, by person; `kit`: {names, bot}. */
  update(views, me, kit) {
    const open = new Set(Object.values(views).map((each) => each.id));
    for (const id of this.typed.keys()) if (!open.has(id)) this.typed.delete(id);
    const found = views[me.id];
    const view = found && !this.closing.has(found.id) ? found : null;
    const signature = view && JSON.stringify([view.id, view.hash, me.id, language()]);
    if (signature === this.signature) return;
    const before = this.view;
    this.signature = signature;
    this.view = view;
    this.me = me;
    this.kit = kit;
    if (!view) this.leave();
    else if (before?.id === view.id) this.redraw();
    else this.enter();
  }

  enter() {
    const { activeElement } = document;
    const isOurs = activeElement === document.body || this.pane.parentElement.contains(activeElement);
    // Whoever writes in the other pane meanwhile goes on writing there.
    this.origin ??= isOurs && activeElement !== document.body ? activeElement : null;
    this.draw();
    this.cover(true);
    if (isOurs) this.first().focus();
  }

  redraw() {
    const { testid } = document.activeElement?.dataset ?? {};
    const isInside = this.layer.contains(document.activeElement);
    const { scrollTop } = this.body;
    this.draw();
    this.body.scrollTop = scrollTop;
    if (!isInside) return;
    const same = testid && this.layer.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
    (same ?? this.first()).focus();
  }

  leave() {
    const isInside = this.layer.contains(document.activeElement);
    this.cover(false);
    fill(this.layer);
    const origin = this.origin?.isConnected ? this.origin : null;
    this.origin = null;
    if (isInside) origin ? origin.focus() : this.back();
  }

  cover(isCovered) {
    this.layer.hidden = !isCovered;
    for (const each of this.pane.children) if (each !== this.layer) each.inert = isCovered;
  }

  /** What the focus goes to: the input that asks for it, else the first one, else the window itself. */
  first() {
    return this.fields.find((each) => each.element.focus_on_load) ?? this.fields[0] ?? this.box;
  }

  draw() {
    const { view } = this;
    const typed = this.typed.get(view.id) ?? new Map();
    this.typed.set(view.id, typed);
    this.fields = [];
    const blocks = view.blocks.map((block) =>
      block.type === "input" ? this.drawInput(block, typed) : this.drawRest(block),
    );
    this.body = h("div", { class: "modal-body" }, h("div", { class: "blocks" }, blocks));
    this.trouble = h("div", { class: "modal-trouble" });
    this.sending = view.submit && this.drawSubmit(view.submit.text);
    const form = h(
      "form",
      { class: "modal-form", novalidate: true, on: { submit: (event) => this.submit(event) } },
      this.drawHead(),
      this.body,
      this.trouble,
      this.drawFoot(),
    );
    this.box = h(
      "div",
      {
        class: "modal",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": "slack-modal-title",
        tabindex: "-1",
        dir: direction(view.title.text),
        data: { testid: "slack-modal", view: view.id },
      },
      form,
    );
    fill(this.layer, this.box);
    this.wait(this.busy === view.id);
  }

  drawHead() {
    const { bot } = this.kit;
    return h(
      "header",
      { class: "modal-head" },
      avatar(bot.id, bot.name, "bot"),
      h("h2", { id: "slack-modal-title", dir: "auto" }, this.view.title.text),
      h(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": t("close"),
          title: t("close"),
          data: { testid: "slack-modal-close" },
          on: { click: () => this.close() },
        },
        icon("close"),
      ),
    );
  }

  drawFoot() {
    const words = this.view.close?.text ?? t(this.view.submit ? "cancel" : "close");
    const cancel = h(
      "button",
      {
        type: "button",
        class: "kit-button plain",
        data: { testid: "slack-modal-cancel" },
        on: { click: () => this.close() },
      },
      h("bdi", {}, words),
    );
    return h("footer", { class: "modal-foot" }, cancel, this.sending);
  }

  drawSubmit(words) {
    const spinner = h("span", { class: "spinner", "aria-hidden": "true" });
    return h(
      "button",
      { type: "submit", class: "kit-button primary", data: { testid: "slack-modal-submit" } },
      h("bdi", {}, words),
      spinner,
    );
  }

  drawInput(block, typed) {
    const key = keyOf(block);
    const field = new Field(block, typed.get(key), this.kit, () => typed.set(key, field.read()));
    this.fields.push(field);
    return field.root;
  }

  drawRest(block) {
    const node = h("div", { class: "modal-block" });
    const press = (element) => this.press(block, element, node);
    node.append(drawBlock(block, { ...this.kit, press, isPressed: () => false }));
    return node;
  }

  noteKey(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    }
    if (event.key !== "Tab") return;
    const all = [...this.box.querySelectorAll("a[href], button, input, select, textarea")];
    const [first, last] = [all[0], all.at(-1)];
    const edge = event.shiftKey ? first : last;
    if (document.activeElement !== edge && document.activeElement !== this.box) return;
    if (document.activeElement === this.box && !event.shiftKey) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }

  get values() {
    const values = {};
    for (const { block, element, read } of this.fields) values[block.block_id] = { [element.action_id]: read() };
    return values;
  }

  wait(isWaiting) {
    if (!this.sending) return;
    // Not disabled: that would take the focus away.
    this.sending.setAttribute("aria-busy", String(isWaiting));
    this.sending.setAttribute("aria-disabled", String(isWaiting));
  }

  async submit(event) {
    event.preventDefault();
    const { view, me, values } = this;
    if (this.busy) return;
    this.busy = view.id;
    this.wait(true);
    this.blame({});
    const sent = post("slack/submit", { person: me.id, view_id: view.id, values });
    const answer = await sent.catch(() => ({ result: "trouble" }));
    this.busy = null;
    if (this.view?.id !== view.id) return;
    this.wait(false);
    this.follow(view, answer);
  }

  follow(view, answer) {
    if (answer.result === "closed") this.hide(view);
    else if (answer.result === "errors") this.blame(answer.errors);
    else if (answer.result === "incomplete") this.blame(worded(answer.problems));
    else if (answer.result === "trouble") this.complain();
  }

  /** Show errors by block, and take others back; the first one gets the focus. */
  blame(errors) {
    fill(this.trouble);
    for (const field of this.fields) field.blame(errors[field.block.block_id] ?? null);
    this.fields.find((field) => errors[field.block.block_id])?.focus();
  }

  complain() {
    const said = h("p", { role: "alert", data: { testid: "slack-modal-trouble" } }, icon("warning"), t("trouble"));
    fill(this.trouble, said);
  }

  hide(view) {
    this.closing.add(view.id);
    this.signature = null;
    this.view = null;
    this.leave();
  }

  async close() {
    const { view, me } = this;
    this.hide(view);
    try {
      await post("slack/close", { person: me.id, view_id: view.id });
    } catch {
      // It is still open, and is shown again.
      this.closing.delete(view.id);
      this.page.notify(t("failed"));
    }
  }

  async press(block, element, node) {
    const { view, me, values } = this;
    if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
    const button = node.querySelector(`[data-testid="${CSS.escape(`slack-button-${element.action_id}`)}"]`);
    button.setAttribute("aria-busy", "true");
    const where = { block_id: block.block_id, action_id: element.action_id };
    const sent = post("slack/press_in_modal", { person: me.id, view_id: view.id, ...where, values });
    const { ok } = await sent.catch(() => ({ ok: false }));
    button.removeAttribute("aria-busy");
    if (!ok && this.view?.id === view.id) this.complain();
  }
}

function worded(problems) {
  return Object.fromEntries(
    Object.entries(problems).map(([block, { kind, limit }]) => [block, t(PROBLEMS[kind], limit)]),
  );
}
