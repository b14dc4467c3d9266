// Only while an author follows the book: shows a newer one once it is ready, and says when one could not be built.

const page = document.currentScript;
const notice = document.createElement("p");
notice.setAttribute("role", "status");
notice.style.cssText = "position:fixed;inset:auto 0 0;margin:0;z-index:2000";

/** Say `text` at the foot of the page; nothing when it is empty. */
function say(text) {
  if (notice.textContent === text) return;
  notice.textContent = text;
  notice.style.cssText += text ? ";padding:.75rem 1rem;background:#7a1f1f;color:#fff" : ";padding:0";
}

async function look() {
  if (document.hidden) return;
  try {
    const { livre, faute } = await (await fetch("/suivi/etat")).json();
    if (livre !== page.dataset.livre) location.reload();
    say(faute ? "Le livre n’a pas pu être refait : lisez le terminal. Cette page est sa dernière bonne version." : "");
  } catch (_) {
    say("Le livre n’est plus suivi : la commande du terminal est terminée.");
  }
}

document.body.append(notice);
setInterval(look, 400);
document.addEventListener("visibilitychange", look);
