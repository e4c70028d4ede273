// Comforts; every page is complete without them.
"use strict";
(() => {
  const box = document.querySelector("input[name=q]");
  const writing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target);
    const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (box && (slash || commandK)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "Escape") {
      document.querySelectorAll(".note").forEach((note) => note.classList.add("closed"));
    }
  });
  document.querySelectorAll(".note").forEach((note) => {
    for (const opens of ["pointerenter", "focusin"]) note.addEventListener(opens, () => note.classList.remove("closed"));
  });

  // Copy the citation.
  const copy = document.querySelector("button[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.done;
    });
  }

  // Step through the marks of a paper.
  const marks = [...document.querySelectorAll("mark[id]")];
  let current = -1;
  document.querySelectorAll("button[data-step]").forEach((button) => {
    button.hidden = marks.length < 2;
    button.addEventListener("click", () => {
      const last = marks.length - 1;
      current += Number(button.dataset.step);
      if (current < 0) current = last;
      if (current > last) current = 0;
      document.querySelector("mark.current")?.classList.remove("current");
      marks[current].classList.add("current");
      marks[current].scrollIntoView({ block: "center" });
    });
  });
})();
