// Comfort for forms: names are offered while somebody types, and a name that is there already is pointed out.
// Everything works without this file.
for (const input of document.querySelectorAll("[data-suggest]")) listen(input, input.dataset.suggest, offer);
const named = document.querySelector("[data-alike]");
if (named) listen(named, named.dataset.alike, warn);

function listen(input, address, show) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      const answer = await fetch(`${address}?q=${encodeURIComponent(input.value)}`);
      if (answer.ok) show(input, await answer.json());
    }, 150);
  });
}

function offer(input, found) {
  input.list.replaceChildren(...found.map(({ name }) => Object.assign(document.createElement("option"), { value: name })));
}

function warn(input, found) {
  const box = document.getElementById("alike");
  const same = found.filter((f) => f.same);
  box.hidden = same.length === 0;
  box.setAttribute("role", "status");
  const kind = input.dataset.alike.split("/").pop();
  const links = same.map(({ name, record }) =>
    Object.assign(document.createElement("a"), { textContent: name, href: `/record/${kind}?record=${encodeURIComponent(record)}` }));
  box.replaceChildren(`${box.dataset.says} `, ...links.flatMap((a, n) => (n ? [", ", a] : [a])));
}

// All rows of a list are chosen at once.
for (const all of document.querySelectorAll("[data-all]")) {
  all.hidden = false;
  all.firstElementChild.addEventListener("change", (event) => {
    for (const one of document.querySelectorAll('input[form="bulk"][name=record]')) one.checked = event.target.checked;
  });
}

// One key leads to the search from anywhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("q").focus();
});

// Proposals are decided by keyboard: j and k go from one to the next, a, c and r do what their buttons do.
const proposals = [...document.querySelectorAll("[data-review]")];
if (proposals.length) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const here = proposals.indexOf(document.activeElement?.closest("[data-review]"));
  if (event.key === "j" || event.key === "k") {
    const next = here < 0 ? 0 : Math.min(Math.max(here + (event.key === "j" ? 1 : -1), 0), proposals.length - 1);
    proposals[next].focus();
  } else {
    proposals[here]?.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
});
if (proposals.length && !location.hash) proposals[0].focus({ preventScroll: true });

// Tables sort by their heads: what is not known comes last. The downloads of the page keep the order; where the page shows
// only a part of the rows, the server sorts all of them.
for (const table of document.querySelectorAll("table.sorts")) {
  if (table.tBodies[0].rows.length < 3) continue;
  for (const head of table.tHead.rows[0].cells) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head));
    head.append(button);
    const by = new URL(location).searchParams.get("sort");
    if ("downloaded" in table.dataset && by && by.replace("-", "") === head.dataset.column) head.ariaSort = by[0] === "-" ? "descending" : "ascending";
  }
}

function sort(table, head) {
  const down = head.ariaSort === "ascending" || (!head.ariaSort && head.classList.contains("num"));
  const by = (down ? "-" : "") + head.dataset.column;
  if ("downloaded" in table.dataset && head.dataset.column) {
    if (table.dataset.downloaded === "part") return location.assign(sorted(location.href, by));
    for (const link of document.querySelectorAll(".files a")) link.href = sorted(link.href, by);
    history.replaceState(null, "", sorted(location.href, by));
  }
  for (const other of head.parentNode.cells) other.ariaSort = null;
  head.ariaSort = down ? "descending" : "ascending";
  const key = (row) => {
    const cell = row.cells[head.cellIndex];
    return /\b(unknown|none|withheld|unassessed)\b/.test(cell.className) ? null : (cell.dataset.sort ?? cell.textContent.trim());
  };
  const order = (a, b) => (a === "" || b === "" || isNaN(a) || isNaN(b) ? a.localeCompare(b, document.documentElement.lang) : a - b);
  const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]);
  rows.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : down ? order(b, a) : order(a, b)));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function sorted(address, by) {
  const url = new URL(address);
  url.searchParams.set("sort", by);
  return url.href;
}
