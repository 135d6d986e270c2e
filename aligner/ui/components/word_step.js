// Words of the chosen sentence walked by keys; what is lit is said as well.

function stepWord(reader, by) {
  const row = document.activeElement.closest(".la-line") || reader.pane.querySelector(`.la-line[data-n="${reader.stop()}"]`);
  const lights = window.letterAlignerLights;
  const lit = lights && lights.step(row, by);
  if (!lit) return;
  const { say } = reader;
  const chip = (id) => (reader.view.columns.find((column) => column.id === id) || { chip: id }).chip;
  const others = lit.places.filter((place) => place[1]).map(([id, text]) => `${chip(id)} ${text}`);
  let told = reader.root.querySelector(".la-told-word");
  if (!told) {
    told = attrs(el("div", "la-sr la-told-word"), { role: "status" });
    reader.root.append(told);
  }
  told.textContent = say("grid.word", { text: lit.text, others: others.join(say("card.comma")) });
}
