/** The menu of the bot's commands beside the composer, in the language of whoever looks, as Telegram chooses it. */

import { fill, h, icon } from "./dom.js";
import { language, t } from "./strings.js";

export class Commands {
  /** `send(text)`: what choosing a command says. */
  constructor(send) {
    this.send = send;
    this.list = h("ul", { class: "commands", role: "menu", hidden: true, data: { testid: "telegram-commands" } });
    this.toggle = h(
      "button",
      {
        type: "button",
        class: "commands-toggle",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        data: { testid: "telegram-commands-toggle" },
        on: { click: () => this.show(this.list.hidden) },
      },
      icon("menu"),
    );
    this.root = h("div", { class: "commands-place" }, this.toggle, this.list);
    this.root.addEventListener("keydown", (event) => this.noteKey(event));
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget)) this.show(false);
    });
  }

  /** Show what a person may say. `commands`: by language, the empty one for everybody else. */
  update(commands = {}, locale = "") {
    const found = commands[locale] ?? commands[""] ?? [];
    const signature = JSON.stringify([found, language()]);
    if (signature === this.signature) return;
    this.signature = signature;
    this.root.hidden = found.length === 0;
    this.toggle.title = t("commands");
    this.toggle.setAttribute("aria-label", t("commands"));
    fill(
      this.list,
      found.map((each) => this.drawCommand(each)),
    );
  }

  drawCommand({ command, description }) {
    const choose = () => {
      this.show(false);
      this.send(`/${command}`);
    };
    const words = [
      h("span", { class: "command-words", dir: "auto" }, description),
      h("bdi", { class: "command-name" }, `/${command}`),
    ];
    const data = { testid: `telegram-command-${command}` };
    return h("li", { role: "none" }, h("button", { type: "button", role: "menuitem", data, on: { click: choose } }, words));
  }

  show(isShown) {
    this.list.hidden = !isShown;
    this.toggle.setAttribute("aria-expanded", String(isShown));
    if (isShown) this.list.querySelector("button")?.focus();
  }

  noteKey(event) {
    if (this.list.hidden) return;
    const items = [...this.list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.show(false);
      this.toggle.focus();
    } else if (step) {
      event.preventDefault();
      items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
    }
  }
}
