// Leaves in the list of regions those that a word is found in, in whatever is said of them there.
(() => {
  const box = document.querySelector("form.search");
  if (!box) return;
  const input = box.querySelector("input");
  const said = box.querySelector(".said");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll(".of-list tbody tr")].map((row) => [row, plain(row.textContent)]);
  const show = () => {
    const asked = plain(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !asked.every((word) => text.includes(word));
      count += !row.hidden;
    }
    said.textContent = asked.length ? `${count} of ${rows.length} regions` : "";
  };
  input.addEventListener("input", show);
  box.addEventListener("submit", (event) => event.preventDefault());
  box.hidden = false;
})();
