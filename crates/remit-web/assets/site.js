// Search on a published site. The index is a script of its own, read when somebody first types: a page that is opened from a folder
// may read no other file.
const field = document.querySelector("input[data-index]");
const list = document.getElementById("found");
let index;
window.remitIndex = (rows) => { index = rows.map(([title, file, about, names]) => ({ title, file, about, called: fold(title), words: fold(`${title} ${names}`) })); search(); };

// Letters and signs that are written in several ways are one: accents, ligatures, the apostrophe of a keyboard and that of print, hyphens, the
// forms of Arabic letters that people write for each other, digits of any script.
const alike = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي" };
function fold(text) {
  return text.normalize("NFKD").replace(/[\p{M}\p{Cf}ـ]/gu, "").toLowerCase().replace(/[’‘ʼ`´′]/g, "'").replace(/\p{Pd}/gu, "-")
    .replace(/[œæßøđðłıةىکی]/g, (c) => alike[c]).replace(/[٠-٩۰-۹]/g, (c) => c.codePointAt(0) & 15);
}

function search() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  if (!index || !words.length) { list.hidden = true; return; }
  // What is called as was typed comes first, then what has all words in its own name.
  const typed = words.join(" ");
  const score = ({ called, words: all }) => words.every((w) => all.includes(w)) && 1 + (called === typed ? 8 : 0) + (called.startsWith(typed) ? 4 : 0)
    + (words.every((w) => called.includes(w)) ? 2 : 0) + (` ${all}`.includes(` ${words[0]}`) ? 1 : 0);
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
