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
  box.replaceChildren("Already there, and written alike: ", ...links.flatMap((a, n) => (n ? [", ", a] : [a])));
}

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
