// What the search shows of its results. For an excerpt Sphinx fetches each page that it found, which a browser refuses to a
// page of a USB stick (file://): here one script holds the texts of all pages. Stands at the end of its searchtools.js.
(() => {
  const AROUND = 120;
  let loading = null;

  // Text by page: [[id of a section, its text], …].
  Search.texts = () => {
    if (loading === null) {
      loading = new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${document.documentElement.dataset.content_root}_static/textes.js`;
        script.onload = () => done(globalThis.MalletteTextes);
        script.onerror = () => done({});
        document.head.append(script);
      });
    }
    return loading;
  };

  // A page once, at its best place: Sphinx lists it again for each of its titles and terms, and counts these as pages.
  const found = Search._performSearch;
  Search._performSearch = (...query) => {
    const pages = new Map(); // Sphinx puts the best last
    for (const result of found(...query)) {
      pages.delete(result[0]);
      pages.set(result[0], result);
    }
    return [...pages.values()];
  };

  // As long as the text: places in one are places in the other.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function place(text, stem) {
    const found = text.indexOf(stem);
    return found >= 0 ? found : text.indexOf(stem.replace(/oe/g, "œ").replace(/ae/g, "æ"));
  }

  Search.makeSearchSummary = (parts, stems, anchor) => {
    const start = anchor ? parts.findIndex(([id]) => `#${id}` === anchor) : 0;
    const text = parts.slice(Math.max(start, 0)).map(([, words]) => words).join(" ");
    const places = [...stems].map((stem) => place(plain(text), stem)).filter((found) => found >= 0);
    const middle = places.length ? Math.min(...places) : 0;
    const from = middle > AROUND ? text.indexOf(" ", middle - AROUND) + 1 : 0;
    const to = text.length > middle + AROUND ? text.lastIndexOf(" ", middle + AROUND) : text.length;
    const summary = document.createElement("p");
    summary.className = "context";
    summary.textContent = `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
    return summary;
  };
})();
