// Ranks the sectors by weights that the reader sets, as lmi.scoring does: the mean of the values
// that a sector has, weighted; scores within one point of the best of their rank are level.
(() => {
  const box = document.querySelector(".explorer");
  if (!box) return;
  const { level, weights, candidates } = JSON.parse(box.querySelector("script").textContent);
  const inputs = [...box.querySelectorAll("input")];
  const body = box.querySelector("tbody");
  const said = box.querySelector(".said");
  const round = (number) => Math.round(number * 1e9) / 1e9;
  const usual = [...body.children];

  const weight = (input, at) => (input.value === input.defaultValue ? 100 * weights[at] : +input.value);

  const score = (values, by) => {
    let sum = 0, whole = 0;
    values.forEach((value, at) => {
      if (value !== null) { sum += by[at] * value; whole += by[at]; }
    });
    return whole ? round(sum / whole) : null;
  };

  const ranked = (by) => {
    const rows = candidates.map((c) => ({ name: c.name, score: score(c.values, by), rank: null }));
    let first = Infinity, rank = 0;
    rows.filter((row) => row.score !== null).sort((a, b) => b.score - a.score).forEach((row, at) => {
      if (round(first - row.score) > level) { first = row.score; rank = at + 1; }
      row.rank = rank;
    });
    const place = (row) => row.rank ?? Infinity;
    return rows.sort((a, b) => (place(a) === place(b) ? (a.name < b.name ? -1 : 1) : place(a) - place(b)));
  };

  const cell = (kind, text, looks) => {
    const made = document.createElement(kind);
    made.textContent = text;
    if (kind === "th") made.scope = "row"; else made.className = looks;
    return made;
  };

  const show = () => {
    const by = inputs.map(weight);
    inputs.forEach((input, at) => { input.previousElementSibling.textContent = input.value; });
    if (!by.some((one) => one > 0)) { said.textContent = "Give at least one criterion some weight."; return; }
    const rows = ranked(by);
    body.replaceChildren(...rows.map((row) => {
      const line = document.createElement("tr");
      line.append(
        cell("td", row.rank ?? "–", "num"), cell("th", row.name),
        cell("td", row.score === null ? "n/a" : Math.round(100 * row.score), "num"),
      );
      return line;
    }));
    const leading = rows.filter((row) => row.rank === 1).map((row) => row.name);
    said.textContent = `First by these weights: ${leading.join(", ")}.`;
  };

  inputs.forEach((input) => input.addEventListener("input", show));
  box.querySelector("button").addEventListener("click", () => {
    inputs.forEach((input) => {
      input.value = input.defaultValue;
      input.previousElementSibling.textContent = input.value;
    });
    body.replaceChildren(...usual);
    said.textContent = "";
  });
  box.hidden = false;
})();
