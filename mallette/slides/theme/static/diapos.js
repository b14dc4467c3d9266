/* Starts a deck: slides on a wide screen, one page to scroll on a narrow or zoomed one (text must stay readable). */
(() => {
  const narrow = matchMedia("(max-width: 700px)");
  const printing = /[?&]print-pdf/.test(location.search);
  // Crossing the limit (phone turned, zoom) starts again in the other shape, on the same slide.
  narrow.addEventListener("change", () => { if (!printing) location.reload(); });
  if (narrow.matches && !printing) {
    document.documentElement.classList.add("lecture");
    return;
  }
  const labels = {
    "previous slide": "diapositive précédente",
    "next slide": "diapositive suivante",
    "above slide": "diapositive au-dessus",
    "below slide": "diapositive au-dessous",
  };
  const deck = new Reveal(document.querySelector(".reveal"), {
    width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none", backgroundTransition: "none",
    slideNumber: "c/t", controlsTutorial: false, help: false, navigationMode: "linear", scrollActivationWidth: null,
    pdfMaxPagesPerSlide: 1, plugins: [RevealNotes],
  });
  deck.initialize().then(() => {
    for (const button of document.querySelectorAll(".reveal .controls button")) {
      const label = button.getAttribute("aria-label");
      button.setAttribute("aria-label", labels[label] ?? label);
    }
  });
})();
