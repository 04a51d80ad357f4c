// What makes the site smoother where scripts run: results that change in
// place, boxes that filter long lists, suggestions while typing. Everything
// works without it.
(() => {
  "use strict";
  const $ = (sel, root = document) => root.querySelector(sel);
  const all = (sel, root = document) => [...root.querySelectorAll(sel)];
  const fold = (s) => s.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0640]/g, "")
    .toLowerCase().replace(/&/g, " and ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const make = (tag, props = {}, ...kids) => {
    const el = Object.assign(document.createElement(tag), props);
    el.append(...kids);
    return el;
  };

  // Filter the values of a long facet. Ticked ones stay.
  function sieveFacet(field) {
    const id = field.id + "-find";
    const box = make("input", { type: "search", id, className: "find", autocomplete: "off" });
    box.setAttribute("aria-label", field.dataset.find);
    box.placeholder = field.dataset.find;
    $("legend", field).after(box);
    const labels = all("label", field);
    const texts = labels.map((l) => fold(l.firstElementChild.nextSibling.textContent + " " + (l.querySelector("bdi")?.textContent || "")));
    const folds = all("details", field);
    let before = null;
    box.addEventListener("input", () => {
      const want = fold(box.value);
      if (want && !before) before = folds.map((d) => d.open);
      labels.forEach((l, i) => { l.hidden = want !== "" && !texts[i].includes(want) && !$("input", l).checked; });
      folds.forEach((d, i) => {
        const hits = all("label", d).some((l) => !l.hidden);
        d.hidden = want !== "" && !hits;
        d.open = want ? hits : before ? before[i] : d.open;
      });
      if (!want) before = null;
    });
    // Enter in this box asks nothing of the server.
    box.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
  }

  function prepareFacets() { all("fieldset[data-find]").forEach(sieveFacet); }

  // The search page in place.
  const finder = $("#finder");
  if (finder && window.fetch && window.DOMParser) {
    let current = 0, here = location.pathname + location.search;
    const parts = ["said", "chosen", "filters-sum", "facets", "list", "formats"];
    async function show(url, push) {
      const mine = ++current;
      const list = $("#list");
      list.setAttribute("aria-busy", "true");
      let doc;
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.status);
        url = answer.url || url;
        doc = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!$("#finder", doc)) throw new Error("no results");
      } catch {
        if (mine === current) location.assign(url);
        return;
      }
      if (mine !== current) return;
      const open = new Set(all("details[id]", finder).filter((d) => d.open).map((d) => d.id));
      const held = document.activeElement;
      const key = held && finder.contains(held) ? [held.id, held.name, held.value, held.tagName === "SUMMARY" ? held.parentNode.id : ""] : null;
      for (const id of parts) {
        const from = document.getElementById(id), to = doc.getElementById(id);
        if (from && to) from.replaceChildren(...to.childNodes);
      }
      all("#facets details[id]").forEach((d) => { if (open.has(d.id)) d.open = true; });
      prepareFacets();
      document.title = doc.title;
      list.removeAttribute("aria-busy");
      if (push) {
        history.pushState(null, "", url);
        here = location.pathname + location.search;
      } else {
        for (const id of ["q", "sort"]) {
          const from = document.getElementById(id), to = doc.getElementById(id);
          if (from && to) from.value = to.value;
        }
      }
      if (key && !document.contains(held)) {
        const again = (key[0] && document.getElementById(key[0])) ||
          (key[3] && $("summary", document.getElementById(key[3]) || document)) ||
          all("#facets input").find((i) => i.name === key[1] && i.value === key[2]) || $("#apply");
        again.focus({ preventScroll: true });
      }
      const status = $("#status");
      status.textContent = "";
      setTimeout(() => { status.textContent = $("#said h1").textContent; }, 60);
    }
    finder.addEventListener("submit", (e) => {
      e.preventDefault();
      const asked = new URLSearchParams();
      for (const [name, value] of new FormData(finder)) if (value !== "" && typeof value === "string") asked.append(name, value);
      const query = asked.toString();
      const url = finder.getAttribute("action") + (query ? "?" + query : "");
      show(url, true).then(() => {
        const fold = $("#filters-fold");
        if (fold.open && matchMedia("(max-width: 54rem)").matches) {
          fold.open = false; // the results are what was asked for
          $("#said").scrollIntoView();
          $("summary", fold).focus({ preventScroll: true });
        }
      });
    });
    addEventListener("popstate", () => {
      const was = here;
      here = location.pathname + location.search;
      if (here !== was) show(location.href, false); // a step to a part of this page changes no results
    });
    // Browsers that can't hold the closed <details> open by style.
    if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 54.01rem)").matches) all("#filters-fold, .facet").forEach((d) => { d.open = true; });
  }
  prepareFacets();

  for (const b of all("[data-print]")) {
    b.parentNode.hidden = false;
    b.addEventListener("click", () => print());
  }

  // Suggestions: a combobox with a list, after the ARIA pattern.
  const box = $("#q[data-suggest]");
  if (box && window.fetch) {
    const list = make("div", { id: "q-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.all);
    box.after(list);
    for (const [k, v] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(k, v);
    let items = [], at = -1, timer, asked = 0, typed = box.value;
    const close = () => {
      clearTimeout(timer);
      asked++;
      list.hidden = true;
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const mark = (i) => {
      at = i;
      [...list.children].forEach((o, n) => o.setAttribute("aria-selected", n === i));
      if (i < 0) { box.removeAttribute("aria-activedescendant"); return; }
      box.setAttribute("aria-activedescendant", list.children[i].id);
      list.children[i].scrollIntoView({ block: "nearest" });
    };
    const take = (i) => {
      const s = items[i];
      close();
      if (s.kind === "query") { box.value = s.text; box.form.requestSubmit(); } else location.assign(s.url);
    };
    const suggest = async () => {
      const mine = ++asked, text = box.value.trim();
      if (text.length < 2) return close();
      try {
        const url = box.dataset.suggest;
        const answer = await fetch(url + (url.includes("?") ? "&" : "?") + "q=" + encodeURIComponent(text));
        if (!answer.ok || mine !== asked) return;
        const got = (await answer.json()).suggestions || [];
        if (mine !== asked || document.activeElement !== box) return;
        items = got;
      } catch { return; }
      list.replaceChildren(...items.map((s, i) => {
        const text = make("span", { textContent: s.text, dir: "auto" });
        if (s.lang) text.lang = s.lang;
        const o = make("div", { id: "q-" + i }, text);
        if (s.label) o.append(" ", make("small", { textContent: s.label }));
        o.setAttribute("role", "option");
        o.setAttribute("aria-selected", "false");
        o.addEventListener("pointerdown", (e) => e.preventDefault());
        o.addEventListener("click", () => take(i));
        return o;
      }));
      at = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = items.length === 0;
      box.setAttribute("aria-expanded", String(items.length > 0));
    };
    box.addEventListener("input", () => {
      typed = box.value;
      clearTimeout(timer);
      timer = setTimeout(suggest, 120);
    });
    box.addEventListener("keydown", (e) => {
      if (e.isComposing) return;
      const n = items.length, shown = !list.hidden;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        if (!shown) { if (e.key === "ArrowDown" && typed) suggest(); return; }
        e.preventDefault();
        const step = e.key === "ArrowDown" ? 1 : -1;
        mark(at < 0 && step < 0 ? n - 1 : at + step >= n ? -1 : at + step);
      } else if (e.key === "Enter" && shown && at >= 0) {
        e.preventDefault();
        take(at);
      } else if (e.key === "Escape" && shown) {
        e.preventDefault();
        close();
      } else if (e.key === "Enter") close();
    });
    box.addEventListener("blur", close);
  }

  // The glossary's own filter.
  const sieve = $("#sieve");
  if (sieve) {
    const input = make("input", { type: "search", id: "sieve-q", autocomplete: "off", dir: "auto" });
    sieve.append(make("label", { htmlFor: "sieve-q", textContent: sieve.dataset.label }), input);
    const entries = all(".entry"), texts = entries.map((e) => fold(e.textContent)), status = $("#status");
    let timer;
    input.addEventListener("input", () => {
      const want = fold(input.value).split(" ").filter(Boolean);
      let n = 0;
      entries.forEach((e, i) => { e.hidden = !want.every((w) => texts[i].includes(w)); if (!e.hidden) n++; });
      all(".letter").forEach((s) => { s.hidden = !$(".entry:not([hidden])", s); });
      $(".letters").hidden = want.length > 0;
      clearTimeout(timer);
      timer = setTimeout(() => { status.textContent = want.length ? sieve.dataset.found + " " + n.toLocaleString(document.documentElement.lang) : ""; }, 500);
    });
  }
})();
