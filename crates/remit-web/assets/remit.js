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
