// Search on a published site. The index is a script of its own, read when somebody first types: a page that is opened from a folder
// may read no other file.
const field = document.querySelector("input[data-index]");
const list = document.getElementById("found");
let index;
window.remitIndex = (rows) => { index = rows.map(([title, file, about, names]) => ({ title, file, about, words: fold(`${title} ${names}`) })); search(); };

function fold(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

function search() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  if (!index || !words.length) { list.hidden = true; return; }
  const score = (row) => words.every((w) => row.words.includes(w)) && (row.words.startsWith(words[0]) ? 2 : ` ${row.words}`.includes(` ${words[0]}`) ? 1 : 0) + 1;
  const found = index.map((row) => [score(row), row]).filter(([s]) => s).sort((a, b) => b[0] - a[0] || a[1].title.length - b[1].title.length);
  list.replaceChildren(...found.slice(0, 20).map(([, row]) => {
    const link = Object.assign(document.createElement("a"), { href: field.dataset.root.replace(/index\.html$/, "") + row.file, textContent: row.title });
    const item = document.createElement("li");
    item.append(link, " ", Object.assign(document.createElement("span"), { className: "note", textContent: row.about }));
    return item;
  }));
  if (!found.length) list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none }));
  list.hidden = false;
}

if (field) {
  field.addEventListener("focus", () => {
    document.head.append(Object.assign(document.createElement("script"), { src: field.dataset.index }));
  }, { once: true });
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.hidden = true;
    if (event.key === "Enter") list.querySelector("a")?.click();
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) list.hidden = true; });
}
