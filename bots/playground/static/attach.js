/** A file on its way into a chat: chosen, dropped or pasted, and shown above the field until it is sent. */

import { fill, h, icon } from "./dom.js";
import { t } from "./strings.js";

export class Attachment {
  /** `page`: {notify(words), largestFile()}; `changed()` is called when there is a file, or none any more. */
  constructor(prefix, page, changed) {
    this.page = page;
    this.changed = changed;
    this.files = new Map();
    this.place = null;
    const testid = (name) => ({ testid: `${prefix}-${name}` });
    this.picker = h("input", { type: "file", hidden: true, data: testid("file") });
    this.picker.addEventListener("change", () => this.take(this.picker.files));
    const choose = () => this.picker.click();
    this.button = h(
      "button",
      { type: "button", class: "attach", data: testid("attach"), on: { click: choose } },
      icon("attach"),
    );
    this.name = h("bdi", {});
    this.size = h("small", { dir: "ltr" });
    this.cross = h(
      "button",
      { type: "button", class: "close", data: testid("detach"), on: { click: () => this.drop() } },
      icon("close"),
    );
    const chip = h("span", { class: "chip", data: testid("attached") }, icon("file"), this.name, this.size);
    this.root = h("div", { class: "attached", hidden: true }, chip, this.cross);
  }

  /** The file that waits in the open chat, or null. */
  get file() {
    return this.files.get(this.place) ?? null;
  }

  open(place) {
    this.place = place;
    for (const [node, words] of [
      [this.button, t("attach")],
      [this.cross, t("detach")],
    ]) {
      node.title = words;
      node.setAttribute("aria-label", words);
    }
    this.draw();
  }

  /** Take the first of some files; whoever brings more is told. */
  take(files) {
    const [file] = files;
    if (file) this.keep(file, files.length);
    // The same file may be chosen once more after it was taken away.
    this.picker.value = "";
  }

  keep(file, count) {
    const largest = this.page.largestFile();
    if (file.size > largest) return this.page.notify(t("fileTooLarge", sizeOf(largest)));
    if (!file.size) return this.page.notify(t("fileEmpty"));
    if (count > 1) this.page.notify(t("oneFile"));
    this.files.set(this.place, file);
    this.draw();
    return this.changed();
  }

  drop() {
    this.forget(this.place);
    this.changed();
  }

  forget(place) {
    this.files.delete(place);
    this.draw();
  }

  draw() {
    const { file } = this;
    this.root.hidden = file === null;
    fill(this.name, file?.name);
    fill(this.size, file && sizeOf(file.size));
  }
}

/** Let files be dropped onto `node` and pasted into `field`; `take(files)` is asked only while `isOpen()`. */
export function takesFiles(node, field, isOpen, take) {
  const bringsFiles = (event) => event.dataTransfer?.types.includes("Files") && isOpen();
  let inside = 0;
  const note = (depth) => {
    inside = depth;
    node.classList.toggle("dropping", inside > 0);
  };
  // Entering a child leaves its parent: only the last one left is the way out.
  node.addEventListener("dragenter", (event) => bringsFiles(event) && note(inside + 1));
  node.addEventListener("dragleave", () => note(Math.max(0, inside - 1)));
  node.addEventListener("drop", (event) => {
    note(0);
    if (bringsFiles(event)) take(event.dataTransfer.files);
  });
  field.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
}

/** What is in a file, as the server takes it. Throws where the browser cannot read it. */
export function packed(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve({ name: file.name, content: reader.result.split(",")[1] }));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

const STEPS = [
  [1_000_000, "MB"],
  [1_000, "kB"],
  [1, "B"],
];

function sizeOf(bytes) {
  const [step, unit] = STEPS.find(([each]) => bytes >= each) ?? STEPS.at(-1);
  return `${Math.round((bytes / step) * 10) / 10} ${unit}`;
}
