(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  root.classList.add("js");
  for (const part of document.querySelectorAll(".acts, .filters, .keys")) part.hidden = false;

  // Next and previous change: focus moves, so that a screen reader reads on from there.
  const changes = [...document.querySelectorAll("[data-c]")];
  const where = $("where");
  let at = -1;
  const go = (by) => {
    for (let i = at + by; i >= 0 && i < changes.length; i += by) {
      if (!changes[i].getClientRects().length) continue;
      at = i;
      changes[at].tabIndex = -1;
      changes[at].focus({ preventScroll: true });
      changes[at].scrollIntoView({ block: "start" });
      where.value = `change ${at + 1} of ${changes.length}`;
      return;
    }
  };
  addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea");
    if (busy || event.ctrlKey || event.metaKey || event.altKey || !$("keys")?.checked) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(-1);
  });

  // Pasted into a letter, marks must carry their look with them.
  const looks = {
    ins: "color:#0b4f8a;text-decoration:underline double",
    del: "color:#8a3c00;text-decoration:line-through",
  };
  const copyText = async (unit) => {
    const copy = unit.cloneNode(true);
    for (const extra of copy.querySelectorAll(".facts, .notes, .lab, .nr, .was, summary")) extra.remove();
    const html = copy.innerHTML
      .replace(/<(ins|del)>/g, (_, tag) => `<${tag} style="${looks[tag]}">`)
      .replace(/ (?:id|class|aria-details|href|role|aria-label)="[^"]*"/g, "");
    const words = [...copy.querySelectorAll("h3, .p")].map((block) => {
      for (const mark of block.querySelectorAll("ins")) mark.replaceWith(`{+${mark.textContent}+}`);
      for (const mark of block.querySelectorAll("del")) mark.replaceWith(`[-${mark.textContent}-]`);
      return block.textContent.replace(/\s+/g, " ").trim();
    });
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([html], { type: "text/html" }),
        "text/plain": new Blob([words.filter(Boolean).join("\n")], { type: "text/plain" }),
      }),
    ]);
  };
  const base = document.querySelector(".acts [data-copy]");
  const cite = (button) => {
    const place = button === base ? "" : ` ${button.dataset.cite}`;
    return navigator.clipboard.writeText(`${base.dataset.cite}${place} ${base.dataset.as}`);
  };
  addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.go) go(Number(button.dataset.go));
    if ("print" in button.dataset) print();
    if (!button.dataset.copy) return;
    const words = button.textContent;
    try {
      await (button.dataset.copy === "cite" ? cite(button) : copyText(button.closest(".u")));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed here";
    }
    setTimeout(() => { button.textContent = words; }, 1500);
  });

  $("look")?.addEventListener("change", (event) => {
    const others = [...document.body.classList].filter((name) => !name.startsWith("look-"));
    document.body.className = [...others, `look-${event.target.value}`].join(" ");
  });

  // The change list by subject and kind; what is hidden is counted.
  const rows = [...document.querySelectorAll(".changes tbody tr")];
  const filter = () => {
    const subject = $("by-subject").value;
    const kind = $("by-kind").value;
    let shown = 0;
    for (const row of rows) {
      const fits = (value, list) => !value || list.includes(value);
      const kinds = row.cells[1].firstChild.data.trim().split(", ");
      const subjects = row.dataset.subjects?.split("|") ?? [];
      row.hidden = !(fits(subject, subjects) && fits(kind, kinds));
      shown += row.hidden ? 0 : 1;
    }
    const rest = document.querySelector(".rest");
    if (rest && (subject || kind)) rest.open = true;
    $("filtered").textContent = subject || kind ? `${shown} of ${rows.length} changes` : "";
  };
  for (const id of ["by-subject", "by-kind"]) $(id)?.addEventListener("change", filter);
})();
