/** The app's Home tab over its direct chat: what it published for one person, with buttons and lists that work. */

import { drawBlock, words } from "./blocks.js";
import { direction, fill, h } from "./dom.js";
import { post } from "./state.js";
import { language, t } from "./strings.js";

const PATIENCE = 45_000;
/** Milliseconds after which a pressed button stops looking busy. */

export class SlackHome {
  /** `page`: {notify(words)}; `changed()` draws the pane again. */
  constructor(page, changed) {
    this.page = page;
    this.changed = changed;
    this.people = new Set();
    this.body = h("div", { class: "home-body", tabindex: "0" });
    this.root = h("div", { class: "home", hidden: true, data: { testid: "slack-home" } }, this.body);
    this.busy = null;
    this.signature = null;
  }

  /** Show what `me` sees. `view` is null before the app published anything; `modal` is the modal that they have open. */
  update(view, me, kit, modal) {
    const seen = JSON.stringify([view?.hash, modal ?? null]);
    if (this.busy && (this.busy.seen !== seen || this.busy.person !== me.id)) this.busy = null;
    this.seen = seen;
    this.me = me;
    const signature = JSON.stringify([view?.id, view?.hash, me.id, language(), this.busy?.key ?? null]);
    if (signature === this.signature) return;
    this.signature = signature;
    const { scrollTop } = this.body;
    const { testid, block } = this.body.contains(document.activeElement) ? document.activeElement.dataset : {};
    fill(this.body, view ? this.draw(view, kit) : h("p", { class: "home-empty" }, t("homeWaits")));
    this.body.setAttribute("aria-label", t("home"));
    this.body.scrollTop = scrollTop;
    const place = block ? `[data-block="${CSS.escape(block)}"] ` : "";
    if (testid) this.body.querySelector(`${place}[data-testid="${CSS.escape(testid)}"]`)?.focus();
  }

  /** Whether somebody looks at the tab, and not at the messages below it. */
  isOpen(channel, me) {
    return channel.kind === "im" && this.people.has(me.id);
  }

  drawTabs(channel, me) {
    const isHome = this.isOpen(channel, me);
    const tab = (name, isOpen) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": String(isOpen),
          data: { testid: `slack-tab-${name}` },
          on: { click: () => this.choose(me, name === "home") },
        },
        t(name),
      );
    return h("div", { class: "app-tabs", role: "tablist" }, tab("home", isHome), tab("messages", !isHome));
  }

  async choose(me, isHome) {
    if (isHome) this.people.add(me.id);
    else this.people.delete(me.id);
    this.changed();
    if (!isHome) return;
    try {
      await post("slack/open_home", { person: me.id });
    } catch {
      this.page.notify(t("failed"));
    }
  }

  draw(view, kit) {
    const said = view.blocks.map((block) => words(block, kit.names)).find((each) => each) ?? "";
    const blocks = view.blocks.map((block) => {
      const press = (element, value = null) => this.press(block, element, value);
      const isPressed = (id) => this.busy?.key === `${block.block_id}/${id}`;
      const node = h("div", { class: `home-block of-${block.type}`, data: { block: block.block_id } });
      node.append(drawBlock(block, { ...kit, press, isPressed }));
      return node;
    });
    return h("div", { class: "blocks", dir: direction(said) }, blocks);
  }

  async press(block, element, value) {
    if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
    const token = { key: `${block.block_id}/${element.action_id}`, seen: this.seen, person: this.me.id };
    this.busy = token;
    this.changed();
    setTimeout(() => this.busy === token && this.rest(), PATIENCE);
    const act = { person: this.me.id, block_id: block.block_id, action_id: element.action_id, value };
    try {
      await post("slack/press_at_home", act);
    } catch {
      this.page.notify(t("failed"));
      this.rest();
    }
  }

  rest() {
    this.busy = null;
    this.changed();
  }
}
