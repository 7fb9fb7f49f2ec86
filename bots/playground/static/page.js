/** The page around both panes: language, tabs, examples, starting over, and the state of the connection. */

import { ask, avatar, fill, h, icon } from "./dom.js";
import { learnSentences } from "./sentences.js";
import { SlackPane } from "./slack.js";
import { post, start, subscribe } from "./state.js";
import { initialLanguage, language, languageName, otherLanguage, setLanguage, t } from "./strings.js";
import { TelegramPane } from "./telegram.js";

const NOTICE = 6000;
/** Milliseconds that a notice stays. */
const STARTERS = 3;
const NARROW = matchMedia("(max-width: 759px)");

const at = (id) => document.getElementById(id);
let latest = null;
let status = "connecting";

const page = {
  notify(words) {
    const note = h("p", { class: "notice" }, words);
    at("notices").append(note);
    setTimeout(() => note.remove(), NOTICE);
  },
  examples(platform, person) {
    const all = (latest?.examples ?? []).filter((each) => each.platform === platform);
    const own = all.filter((each) => String(each.person) === String(person.id));
    return (own.length ? own : all.filter((each) => each.locale === person.locale)).slice(0, STARTERS);
  },
  largestFile() {
    return latest?.largest_file ?? Infinity;
  },
  isShown(platform) {
    return !NARROW.matches || at("panes").dataset.shown === platform;
  },
};

const panes = { slack: new SlackPane(at("slack"), page), telegram: new TelegramPane(at("telegram"), page) };

function show(platform) {
  at("panes").dataset.shown = platform;
  for (const tab of at("tabs").children) {
    const isShown = tab.dataset.pane === platform;
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
  }
  panes[platform].draw();
  drawBadges();
}

function drawBadges() {
  for (const tab of at("tabs").children) {
    const count = panes[tab.dataset.pane].unreadCount ?? 0;
    const badge = tab.querySelector(".badge");
    badge.hidden = count === 0;
    fill(badge, count);
    badge.setAttribute("aria-label", t("unread", count));
  }
}

function drawWords() {
  for (const node of document.querySelectorAll("[data-t]")) fill(node, t(node.dataset.t));
  for (const node of document.querySelectorAll("[data-t-label]"))
    node.setAttribute("aria-label", t(node.dataset.tLabel));
  const other = otherLanguage();
  fill(at("language-name"), languageName(other));
  at("language").lang = other;
  drawStatus();
}

function drawStatus() {
  at("status").dataset.status = status;
  const words = t(status);
  if (at("status-text").textContent !== words) fill(at("status-text"), words);
}

function drawAll(state, newStatus) {
  status = newStatus;
  drawStatus();
  if (state === latest || !state) return;
  latest = state;
  document.body.classList.add("ready");
  at("model-banner").hidden = state.model.real;
  at("about").classList.toggle("quiet", state.model.real);
  panes.slack.update(state.slack);
  panes.telegram.update(state.telegram);
  drawBadges();
  // Whoever was faster than the first state has the drawer open and empty.
  if (at("examples").open && !at("examples-list").querySelector("button")) drawExamples();
}

function drawExamples() {
  const examples = latest?.examples ?? [];
  const platforms = ["slack", "telegram"].map((platform) => [
    platform,
    inOwnLanguageFirst(examples.filter((each) => each.platform === platform)),
  ]);
  const groups = platforms
    .filter(([, some]) => some.length)
    .map(([platform, some]) =>
      h("section", {}, h("h3", {}, platform === "slack" ? "Slack" : "Telegram"), h("ul", {}, some.map(drawExample))),
    );
  fill(at("examples-list"), groups.length ? groups : h("p", { class: "lead" }, t("examplesNone")));
}

function inOwnLanguageFirst(examples) {
  const isOwn = (each) => each.locale === language();
  return [...examples.filter(isOwn), ...examples.filter((each) => !isOwn(each))];
}

function drawExample(example) {
  const person = latest[example.platform].people.find((each) => String(each.id) === String(example.person));
  const name = person?.name ?? String(example.person);
  const use = () => {
    at("examples").close();
    show(example.platform);
    panes[example.platform].compose(example.person, example.text);
  };
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "example",
        lang: example.locale,
        data: { testid: "example", platform: example.platform, person: example.person },
        on: { click: use },
      },
      h("span", { class: "say", dir: "auto" }, example.text),
      h(
        "span",
        { class: "by" },
        avatar(example.person, name),
        h("bdi", {}, name),
        example.what && h("span", { class: "what" }, h("bdi", {}, example.what)),
      ),
    ),
  );
}

function switchLanguage() {
  setLanguage(otherLanguage());
  drawWords();
  panes.slack.draw();
  panes.telegram.draw();
  drawBadges();
}

async function reset() {
  const sure = await ask({
    title: t("resetTitle"),
    text: t("resetText"),
    yes: t("resetDo"),
    no: t("cancel"),
    danger: true,
  });
  if (sure) await post("reset").catch(() => page.notify(t("failed")));
}

function tabKey(event) {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const other = at("panes").dataset.shown === "slack" ? "telegram" : "slack";
  show(other);
  at(`tab-${other}`).focus();
}

// A file that is dropped beside a chat must not take the page away.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
for (const node of document.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
for (const tab of at("tabs").children) tab.addEventListener("click", () => show(tab.dataset.pane));
at("tabs").addEventListener("keydown", tabKey);
at("language").addEventListener("click", switchLanguage);
at("reset").addEventListener("click", reset);
at("about").addEventListener("click", () => {
  const isOpen = at("banner").classList.toggle("open");
  at("about").setAttribute("aria-expanded", String(isOpen));
});
at("examples-toggle").addEventListener("click", () => {
  drawExamples();
  at("examples").showModal();
});
at("examples-close").addEventListener("click", () => at("examples").close());
at("examples").addEventListener("click", (event) => event.target === at("examples") && at("examples").close());
NARROW.addEventListener("change", () => show(at("panes").dataset.shown));

setLanguage(initialLanguage());
drawWords();
show("slack");
await learnSentences();
subscribe(drawAll);
start();
