/** One input of a modal: its label, what is typed there, its hint, and what is wrong with it. */

import { drawText } from "./blocks.js";
import { direction, fill, h, icon } from "./dom.js";
import { t } from "./strings.js";

let count = 0;

/** What an input holds before anybody touched it: a text, a chosen value, or a list of them. */
function untouched(element) {
  if (element.type === "checkboxes") return (element.initial_options ?? []).map((each) => each.value);
  return (
    element.initial_value ?? element.initial_option?.value ?? element.initial_date ?? element.initial_time ?? null
  );
}

/** Under what key typed words are kept: where they belong, and what kind they are. A changed view finds them again. */
export const keyOf = ({ block_id, element }) => JSON.stringify([block_id, element.action_id, element.type]);

export class Field {
  /** `typed` is what somebody left there before, or undefined; `changed()` is called with every change. */
  constructor(block, typed, kit, changed) {
    this.block = block;
    this.element = block.element;
    this.kit = kit;
    this.id = `modal-input-${(count += 1)}`;
    this.wrong = h("div", { class: "modal-wrong", id: `${this.id}-wrong` });
    this.left = h("span", { class: "modal-left", hidden: true, "aria-hidden": "true" });
    const draw = CONTROLS[this.element.type];
    const { node, read } = draw(this, typed === undefined ? untouched(this.element) : typed);
    this.read = read;
    this.control = node;
    this.describe(false);
    this.root = h(
      "div",
      { class: "modal-field", dir: direction(block.label.text), on: { input: changed, change: changed } },
      this.drawLabel(),
      node,
      this.left,
      this.wrong,
      block.hint && h("p", { class: "modal-hint", id: `${this.id}-hint`, dir: "auto" }, block.hint.text),
    );
  }

  get isGroup() {
    return ["checkboxes", "radio_buttons"].includes(this.element.type);
  }

  get common() {
    return { id: this.id, data: { testid: `slack-modal-input-${this.element.action_id}` } };
  }

  drawLabel() {
    const words = [
      h("bdi", {}, this.block.label.text),
      this.block.optional && h("span", { class: "modal-optional" }, ` ${t("optional")}`),
    ];
    return this.isGroup
      ? h("p", { class: "modal-label", id: `${this.id}-label` }, words)
      : h("label", { class: "modal-label", for: this.id }, words);
  }

  describe(isWrong) {
    const by = [isWrong && this.wrong.id, this.block.hint && `${this.id}-hint`].filter(Boolean).join(" ");
    if (by) this.control.setAttribute("aria-describedby", by);
    else this.control.removeAttribute("aria-describedby");
    this.control.setAttribute("aria-invalid", String(isWrong));
    if (!this.isGroup) this.control.setAttribute("aria-required", String(!this.block.optional));
  }

  /** Say what is wrong; null takes it back. */
  blame(words) {
    const said = (each) =>
      h(
        "p",
        { role: "alert", data: { testid: "slack-modal-error" } },
        icon("warning"),
        h("span", { dir: "auto" }, each),
      );
    fill(this.wrong, words && said(words));
    this.describe(Boolean(words));
  }

  focus() {
    const target = this.isGroup
      ? (this.control.querySelector("input:checked") ?? this.control.querySelector("input"))
      : this.control;
    target.focus();
  }
}

const CONTROLS = {
  plain_text_input: drawTyped,
  number_input: drawNumber,
  checkboxes: (field, value) => drawGroup(field, "checkbox", value),
  radio_buttons: (field, value) => drawGroup(field, "radio", value === null ? [] : [value]),
  static_select: drawSelect,
  datepicker: (field, value) => drawPicker(field, "date", value),
  timepicker: (field, value) => drawPicker(field, "time", value),
};

function drawTyped(field, value) {
  const { element } = field;
  const placeholder = element.placeholder?.text;
  const node = element.multiline
    ? h("textarea", { ...field.common, class: "modal-input", rows: "4", placeholder })
    : h("input", { ...field.common, class: "modal-input", type: "text", autocomplete: "off", placeholder });
  const settle = () => {
    // An empty field has no direction of its own; it reads as its placeholder or its label does.
    node.dir = node.value ? "auto" : direction(placeholder ?? field.block.label.text);
    const left = (element.max_length ?? Infinity) - [...node.value].length;
    field.left.hidden = left === Infinity;
    field.left.classList.toggle("over", left < 0);
    fill(field.left, left === Infinity ? null : left);
  };
  node.value = value ?? "";
  node.addEventListener("input", settle);
  settle();
  return { node, read: () => node.value || null };
}

function drawNumber(field, value) {
  const { element } = field;
  const node = h("input", {
    ...field.common,
    class: "modal-input modal-picker",
    type: "number",
    step: element.is_decimal_allowed ? "any" : "1",
    dir: "ltr",
    autocomplete: "off",
    placeholder: element.placeholder?.text,
  });
  node.value = value ?? "";
  return { node, read: () => node.value || null };
}

function drawGroup(field, type, chosen) {
  const inputs = field.element.options.map((option) =>
    h("input", { type, name: field.id, value: option.value, checked: chosen.includes(option.value) }),
  );
  const rows = field.element.options.map((option, index) =>
    h(
      "label",
      { class: "modal-choice" },
      inputs[index],
      h(
        "span",
        {},
        drawText(option.text, field.kit),
        option.description && h("span", { class: "modal-hint" }, drawText(option.description, field.kit)),
      ),
    ),
  );
  const role = type === "radio" ? "radiogroup" : "group";
  const node = h("div", { ...field.common, class: "modal-group", role, "aria-labelledby": `${field.id}-label` }, rows);
  const picked = () => inputs.filter((each) => each.checked).map((each) => each.value);
  return { node, read: () => (type === "radio" ? (picked()[0] ?? null) : picked()) };
}

function drawSelect(field, value) {
  const { element } = field;
  const node = h(
    "select",
    { ...field.common, class: "modal-input" },
    h("option", { value: "" }, element.placeholder?.text ?? t("choose")),
    element.options.map((option, index) => h("option", { value: index }, option.text.text)),
  );
  // By number: an option's own value may be anything, and the empty one means that nothing is chosen.
  node.value = String(element.options.findIndex((option) => option.value === value));
  if (node.selectedIndex < 0) node.value = "";
  return { node, read: () => element.options[node.value]?.value ?? null };
}

function drawPicker(field, type, value) {
  const node = h("input", { ...field.common, class: "modal-input modal-picker", type });
  node.value = value ?? "";
  return { node, read: () => node.value || null };
}
