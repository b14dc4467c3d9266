/* Starts a deck: slides on a wide screen. Without this script, and on a narrow or zoomed screen, the same page is read by
   scrolling (class "lecture"): slides scaled down to a phone could not be read. */
(() => {
  const narrow = matchMedia("(max-width: 700px)");
  const printing = /[?&]print-pdf/.test(location.search);
  if (!printing) narrow.addEventListener?.("change", () => location.reload()); // phone turned, zoom: same slide, other shape
  if (narrow.matches && !printing) return;

  const labels = { "previous slide": "diapositive précédente", "next slide": "diapositive suivante" };
  const start = async () => {
    document.documentElement.classList.remove("lecture");
    const deck = new Reveal(document.querySelector(".reveal"), {
      width: 1280,
      height: 720,
      margin: 0,
      center: false,
      hash: true,
      transition: "none",
      backgroundTransition: "none",
      slideNumber: "c/t",
      controlsTutorial: false,
      help: false,
      navigationMode: "linear",
      scrollActivationWidth: null,
      pdfMaxPagesPerSlide: 1,
      plugins: [RevealNotes],
    });
    await deck.initialize();
    for (const button of document.querySelectorAll(".reveal .controls button")) {
      const label = button.getAttribute("aria-label");
      button.setAttribute("aria-label", labels[label] ?? label);
    }
  };
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = document.currentScript.dataset.style;
  style.onload = start; // reveal.js measures slides: its style must be there
  document.head.prepend(style);
})();
