// Comforts; every page is complete without them.
"use strict";
(() => {
  const box = document.getElementById("q");
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Keys: Ctrl/⌘+K goes to the box, Escape closes notes. No single letter or sign does anything: who dictates would set it off.
  document.addEventListener("keydown", (event) => {
    const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (box && commandK) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "Escape") document.querySelectorAll(".note").forEach((note) => note.classList.add("closed"));
  });
  document.querySelectorAll(".note").forEach((note) => {
    for (const opens of ["pointerenter", "focusin"]) note.addEventListener(opens, () => note.classList.remove("closed"));
  });

  // Completion of what is typed in the box.
  if (box) {
    const list = make("ul", { id: "aanvullingen", className: "completions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.completions);
    box.closest(".box").append(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    let typed = box.value, waiting = 0, asked = 0;

    const open = (shown) => {
      list.hidden = !shown;
      box.setAttribute("aria-expanded", String(shown));
      if (!shown) box.removeAttribute("aria-activedescendant");
    };
    const choose = (option) => {
      list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      if (option) box.setAttribute("aria-activedescendant", option.id);
      else box.removeAttribute("aria-activedescendant");
      box.value = option ? option.dataset.text : typed;
    };
    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map((suggestion, i) => {
          const option = make("li", { id: `aanvulling-${i}` });
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.dataset.text = suggestion.text;
          option.append(make("span", { textContent: suggestion.label }));
          option.append(make("span", { className: "count", textContent: suggestion.count.toLocaleString("nl") }));
          option.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            box.value = suggestion.text;
            box.form.requestSubmit();
          });
          return option;
        }),
      );
      open(suggestions.length > 0);
    };
    const ask = async () => {
      const turn = ++asked;
      if (typed.trim().length < 2) return open(false);
      try {
        const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`);
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (turn === asked && document.activeElement === box) show(found);
      } catch {
        open(false);
      }
    };
    box.addEventListener("input", () => {
      typed = box.value;
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    box.addEventListener("blur", () => { asked++; open(false); });
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const options = [...list.children];
      const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? options.length - 1 : at - 1;
        choose(options[next]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        choose(undefined);
        open(false);
      }
    });
  }

  // Choose years by dragging over the chart.
  const chart = document.querySelector("svg.chart[data-hint]");
  if (chart) {
    const [from, to] = ["van", "tot"].map((id) => document.getElementById(id));
    const bars = [...chart.querySelectorAll("a[data-year]")];
    let start = null, end = null;
    const at = (event) => {
      const { left, width } = chart.getBoundingClientRect();
      const i = Math.floor(((event.clientX - left) / width) * bars.length);
      return Math.min(Math.max(i, 0), bars.length - 1);
    };
    const paint = () => {
      const low = Math.min(start, end), high = Math.max(start, end);
      bars.forEach((bar, i) => bar.classList.toggle("picked", start !== null && i >= low && i <= high));
    };
    chart.addEventListener("dragstart", (event) => event.preventDefault());
    chart.addEventListener("pointerdown", (event) => {
      if (event.button === 0) start = end = at(event);
    });
    addEventListener("pointermove", (event) => {
      if (start === null) return;
      end = at(event);
      if (end !== start) paint();
    });
    addEventListener("pointercancel", () => { start = end = null; paint(); });
    addEventListener("pointerup", () => {
      if (start === null || start === end) { start = end = null; return; }
      const years = [start, end].map((i) => bars[i].dataset.year).sort();
      chart.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      [from.value, to.value] = years;
      from.form.requestSubmit();
      start = end = null;
    });
  }

  // Narrow a long list of values.
  document.querySelectorAll("details[data-narrow]").forEach((fold) => {
    const label = make("label", { className: "narrow" });
    const field = make("input", { type: "search", autocomplete: "off", placeholder: fold.dataset.narrow });
    label.append(make("span", { className: "hidden", textContent: fold.dataset.narrow }), field);
    fold.querySelector("summary").after(label);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/);
      fold.querySelectorAll("li").forEach((item) => {
        item.hidden = !words.every((word) => plain(item.textContent).includes(word));
      });
    });
  });

  // Copy the citation.
  document.querySelectorAll("button[data-copy]").forEach((copy) => {
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.done;
    });
  });

  // Step through the marks of a paper.
  const marks = [...document.querySelectorAll("mark[id]")];
  const place = document.querySelector("[data-place]");
  let current = marks.findIndex((mark) => `#${mark.id}` === location.hash);
  const step = (by) => {
    current = current < 0 && by < 0 ? marks.length - 1 : (current + by + marks.length) % marks.length;
    document.querySelector("mark.current")?.classList.remove("current");
    marks[current].classList.add("current");
    marks[current].scrollIntoView({ block: "center" });
    if (place) place.textContent = `${current + 1}/${marks.length}`;
  };
  document.querySelectorAll("button[data-step]").forEach((button) => {
    button.hidden = marks.length < 2;
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  });
  if (marks.length > 1) document.querySelector(".mark-links")?.setAttribute("hidden", "");
})();
