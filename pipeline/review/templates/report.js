"use strict";
(() => {
  // Light up the words of a card in the texts, and the card of a word.
  const marks = [...document.querySelectorAll("[data-k]")];
  const cards = [...document.querySelectorAll("[data-light]")];
  const keysOf = (el, name) => (el ? el.dataset[name].split(" ") : []);
  let pinned = null;
  function light(keys) {
    for (const m of marks) m.classList.toggle("lit", keysOf(m, "k").some((k) => keys.includes(k)));
  }
  function show(card) {
    light(keysOf(card, "light"));
    for (const c of cards) c.classList.toggle("lit", c === card);
  }
  function pin(card) {
    pinned = pinned === card ? null : card;
    show(pinned);
  }
  document.addEventListener("mouseover", (e) => show(e.target.closest("[data-light]") || pinned));
  document.addEventListener("focusin", (e) => {
    const card = e.target.closest("[data-light]");
    if (card) show(card);
  });
  document.addEventListener("click", (e) => {
    if (e.target.closest("a, summary, button, input, select")) return;
    const card = e.target.closest("[data-light]");
    if (card) return pin(card);
    const mark = e.target.closest(".text [data-k]");
    if (!mark) return;
    const keys = keysOf(mark, "k");
    const owners = cards.filter((c) => keysOf(c, "light").some((k) => keys.includes(k)));
    const best = owners.sort((a, b) => keysOf(a, "light").length - keysOf(b, "light").length)[0];
    if (best) {
      pinned = best;
      show(best);
      best.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { pinned = null; show(null); }
    if (e.key === "Enter" && e.target.matches("[data-light]")) pin(e.target);
  });

  // A closed part would be missing on paper.
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("main > section details")) part.open = true;
  });

  // Filter and sort the list of forms.
  const table = document.querySelector("[data-sortable]");
  const filters = document.querySelector("[data-filters]");
  if (!table || !filters) return;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((tr, order) => ({
    tr, order, text: tr.cells[0].textContent.toLowerCase(),
    severity: tr.dataset.severity.split(" "), verdict: tr.dataset.verdict.split(" "),
  }));
  const shown = document.querySelector("[data-shown]");
  const none = document.querySelector("[data-none]");
  function filter() {
    const want = new FormData(filters);
    const words = want.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const keep = words.every((w) => row.text.includes(w))
        && (!want.get("year") || row.tr.dataset.year === want.get("year"))
        && (!want.get("severity") || row.severity.includes(want.get("severity")))
        && (!want.get("verdict") || row.verdict.includes(want.get("verdict")));
      row.tr.hidden = !keep;
      if (keep) count += 1;
    }
    shown.textContent = String(count);
    none.hidden = count > 0;
  }
  filters.addEventListener("input", filter);
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (e) => e.preventDefault());
  filter();

  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  // Counts have no data-v: their figure is the only number in the cell.
  const valueOf = (cell) => cell.dataset.v ?? cell.textContent.match(/\d+/)[0];
  function compare(a, b, column) {
    const [x, y] = [a, b].map((r) => valueOf(r.tr.cells[column]));
    if (x === "" || y === "") return (x === "") - (y === "");
    const [n, m] = [Number(x), Number(y)];
    return Number.isNaN(n) || Number.isNaN(m) ? x.localeCompare(y, "zh-CN") : n - m;
  }
  heads.forEach((th, column) => th.addEventListener("click", () => {
    const first = th.classList.contains("num") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const now = th.getAttribute("aria-sort") === first ? other : first;
    heads.forEach((h) => h.removeAttribute("aria-sort"));
    th.setAttribute("aria-sort", now);
    const sign = now === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      const blank = (r) => valueOf(r.tr.cells[column]) === "";
      const c = compare(a, b, column);
      return (blank(a) !== blank(b) ? c : sign * c) || a.order - b.order;
    });
    body.append(...rows.map((r) => r.tr));
  }));
})();
