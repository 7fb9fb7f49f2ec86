/** Block Kit as DOM: header, section, context, divider, actions, image; anything else is named, not dropped. */

import { direction, h, icon, link } from "./dom.js";
import { mrkdwn, plain, unescape } from "./mrkdwn.js";
import { t } from "./strings.js";

/**
 * Draw a message's blocks. `kit` is {names, press(element), isPressed(action_id)}: what the blocks cannot know.
 */
export function drawBlocks(blocks, kit) {
  // Buttons and fields stand in the order in which the message itself is read.
  const said = blocks.map((block) => words(block, kit.names)).find((each) => each) ?? "";
  return h(
    "div",
    { class: "blocks", dir: direction(said) },
    blocks.map((block) => drawBlock(block, kit)),
  );
}

/** The first words of a block, without marks; empty where it has none. */
export function words(block, names = {}) {
  const text = block.text ?? block.fields?.[0] ?? block.elements?.find((each) => typeof each.text === "string");
  if (typeof text === "string") return plain(text, names);
  return text?.type === "mrkdwn" ? plain(text.text, names) : (text?.text ?? "");
}

/** Draw one block. */
export function drawBlock(block, kit) {
  const draw = BLOCKS[block.type];
  return draw ? draw(block, kit) : h("p", { class: "unknown" }, t("unknownBlock", { type: block.type }));
}

const BLOCKS = {
  header: (block) => h("h3", { class: "block-header", dir: "auto" }, block.text.text),
  divider: () => h("hr"),
  section: drawSection,
  context: (block, kit) =>
    h(
      "div",
      { class: "block-context" },
      block.elements.map((each) => drawContext(each, kit)),
    ),
  actions: (block, kit) =>
    h(
      "div",
      { class: "block-actions" },
      block.elements.map((each) => drawElement(each, kit)),
    ),
  image: (block) => drawImage(block),
  markdown: (block, kit) => mrkdwn(block.text, kit),
};

function drawSection(block, kit) {
  const body = h(
    "div",
    { class: "section-body" },
    block.text && drawText(block.text, kit),
    block.fields &&
      h(
        "div",
        { class: "fields" },
        block.fields.map((field) => h("div", { class: "field" }, drawText(field, kit))),
      ),
  );
  const beside = block.accessory && h("div", { class: "accessory" }, drawElement(block.accessory, kit));
  return h("div", { class: "block-section" }, body, beside);
}

/** Draw a text object. */
export function drawText(text, kit) {
  if (text.type === "mrkdwn") return mrkdwn(text.text, { names: kit.names, verbatim: text.verbatim });
  return h(
    "div",
    { class: "mrkdwn" },
    text.text.split("\n").map((line) => h("p", { dir: "auto" }, line)),
  );
}

const drawContext = (each, kit) => (each.type === "image" ? drawImage(each) : drawText(each, kit));

function drawImage(image) {
  // The page loads nothing from elsewhere; a picture is named, and its address can be followed.
  const words_ = t("image", { alt: image.alt_text ?? "" });
  return h("p", { class: "picture", dir: "auto" }, image.image_url ? link(image.image_url, words_) : words_);
}

function drawElement(element, kit) {
  if (element.type === "button") return drawButton(element, kit);
  if (element.type === "static_select") return drawList(element, kit);
  if (element.type === "image") return drawImage(element);
  return h("span", { class: "unknown" }, element.placeholder?.text ?? t("unknownBlock", { type: element.type }));
}

function drawButton(element, kit) {
  const look = ["danger", "primary"].includes(element.style) ? element.style : "plain";
  const label = h("bdi", {}, unescape(element.text.text));
  const pressed = kit.isPressed(element.action_id);
  return h(
    "button",
    {
      type: "button",
      class: `kit-button ${look}`,
      "aria-busy": pressed ? "true" : null,
      "aria-label": element.accessibility_label ?? null,
      data: { testid: `slack-button-${element.action_id}` },
      on: { click: () => kit.press(element) },
    },
    label,
    element.url && icon("send"),
    pressed && h("span", { class: "spinner", "aria-hidden": "true" }),
  );
}

function drawList(element, kit) {
  const chosen = element.initial_option?.value;
  const options = element.options.map((each) =>
    h("option", { value: each.value, selected: each.value === chosen }, each.text.text),
  );
  const nothing = chosen === undefined && h("option", { value: "", selected: true }, element.placeholder?.text ?? "");
  return h(
    "select",
    {
      class: "kit-select",
      dir: direction(element.options[0].text.text),
      "aria-label": element.placeholder?.text ?? null,
      "aria-busy": kit.isPressed(element.action_id) ? "true" : null,
      data: { testid: `slack-select-${element.action_id}` },
      on: { change: ({ currentTarget }) => kit.press(element, currentTarget.value) },
    },
    nothing,
    options,
  );
}
