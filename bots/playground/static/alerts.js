/** What pressing a Telegram button answers: a line that goes by itself, or a window that is closed. */

import { h } from "./dom.js";
import { t } from "./strings.js";

const TOAST = 7000;
/** Milliseconds that a line stays. */
const STILL_NEWS = 30_000;
/** Milliseconds for which an answer waits for a person whom nobody is at the moment. */

export class Alerts {
  constructor() {
    this.root = h("div", { class: "popups" });
    this.arrived = null;
  }

  /** Note when each alert came; what was there before the page opened is no news. */
  note(alerts) {
    const now = this.arrived ? Date.now() : 0;
    this.arrived ??= new Map();
    for (const each of alerts) if (!this.arrived.has(each.id)) this.arrived.set(each.id, now);
  }

  /** Show a person's alerts, each once. */
  show(alerts) {
    for (const each of alerts) {
      const isNews = Date.now() - this.arrived.get(each.id) < STILL_NEWS;
      this.arrived.set(each.id, 0);
      if (!isNews) continue;
      const shown = each.show_alert ? popup(each) : toast(each);
      this.root.append(shown);
      shown.querySelector("button")?.focus();
    }
  }
}

function toast(alert) {
  const shown = h("p", { class: "toast", role: "status", dir: "auto", data: { testid: "telegram-alert" } }, alert.text);
  setTimeout(() => shown.remove(), TOAST);
  return shown;
}

function popup(alert) {
  const close = () => shown.remove();
  const ok = h("button", { type: "button", data: { testid: "telegram-alert-ok" }, on: { click: close } }, t("ok"));
  const shown = h(
    "div",
    { class: "popup", role: "alertdialog", "aria-label": alert.text, data: { testid: "telegram-alert" } },
    h("div", { class: "popup-card" }, h("p", { dir: "auto" }, alert.text), ok),
  );
  shown.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return shown;
}
