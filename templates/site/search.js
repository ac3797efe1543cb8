(() => {
  "use strict";
  const box = document.querySelector(".search");
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const plain = (text) => text.toLowerCase().replace(/[\s\u00a0]+/g, " ");
  const bills = [...document.querySelectorAll(".entry")].map((entry) => {
    const sections = [...entry.querySelectorAll(".sections li")].map((item) => [item, plain(item.textContent)]);
    return { entry, text: plain(entry.textContent), sections, fold: entry.querySelector("details") };
  });
  const search = () => {
    const words = plain(query.value).split(" ").filter(Boolean);
    const all = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    for (const { entry, text, sections, fold } of bills) {
      entry.hidden = !all(text);
      if (!entry.hidden) shown += 1;
      const hits = words.length ? sections.filter(([, heading]) => all(heading)) : [];
      for (const [item, heading] of sections) item.hidden = hits.length > 0 && !all(heading);
      if (fold) fold.open = hits.length > 0;
    }
    found.value = words.length ? `${shown} of ${bills.length} bills` : "";
  };
  box.hidden = false;
  query.addEventListener("input", search);
  if (query.value) search();
})();
