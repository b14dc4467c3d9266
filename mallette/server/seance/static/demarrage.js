// deno-lint-ignore-file no-var
// Brings the script of a phone's page, again and again until it has come, and tells a browser that cannot run it.
// It is written inside the page, so it is there as soon as the page is; any browser runs it, so it is in old JavaScript
// (ES5). The script takes the notice away once it has started: whether the notice is there tells whether it has.
(function () {
  "use strict";
  var PATIENCE_MS = 8000;
  var notice = document.getElementById("demarrage");
  var pause = 1000;

  function waiting() {
    return document.getElementById("demarrage") !== null;
  }

  function tell(why) {
    notice.setAttribute("data-pourquoi", why);
  }

  function bring(number) {
    var script = document.createElement("script");
    var over = false;

    function again() {
      if (over || !waiting()) return;
      over = true;
      tell("reseau");
      setTimeout(function () {
        bring(number + 1);
      }, pause);
      pause = Math.min(2 * pause, PATIENCE_MS);
    }

    script.onload = function () {
      over = true;
      if (waiting()) tell("navigateur"); // it came and did not start
    };
    script.onerror = again;
    setTimeout(again, PATIENCE_MS); // a phone out of reach is told nothing
    script.src = notice.getAttribute("data-script") + (number ? "?essai=" + number : "");
    document.head.appendChild(script);
  }

  bring(0);
})();
