/** A picture of a message over the whole page: opened by a press or a key, closed by Escape, a press or the cross. */

import { h, icon } from "./dom.js";
import { t } from "./strings.js";

/** Return a picture in a button that enlarges it. `image`: the element as the message shows it. */
export function enlargeable(image) {
  const label = image.alt ? `${t("enlarge")}: ${image.alt}` : t("enlarge");
  const open = ({ currentTarget }) => show(image, currentTarget);
  return h("button", { type: "button", class: "enlarge", "aria-label": label, on: { click: open } }, image);
}

function show(image, opener) {
  const close = h("button", { type: "button", class: "tool", "aria-label": t("close") }, icon("close"));
  const large = h("img", { src: image.getAttribute("src"), alt: image.alt });
  const look = { class: "enlarged", "aria-label": t("picture"), data: { testid: "enlarged" } };
  const dialog = h("dialog", look, close, large);
  // A modal dialog keeps the focus inside and closes on Escape by itself.
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The message may have been drawn again meanwhile.
    const again = [...document.querySelectorAll("button.enlarge img")].find((each) => each.src === image.src);
    (opener.isConnected ? opener : again?.closest("button"))?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
