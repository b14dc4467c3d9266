"""R8: does every answer carry the headers that protect, and does no page call another host?"""

from __future__ import annotations

from playwright.sync_api import Browser

from tests import serveur
from tests.malveillance.client import Visitor

ROUTES = [
    "/",
    "/livre",
    "/livre/",
    "/livre/absent.html",
    "/diapos/",
    "/diapos/absent/",
    "/statique/atelier.css",
    "/statique/figures.css",
    "/statique/absent.css",
    "/statique/widgets/absent.js",
    "/statique/atelier/absent.js",
    "/atelier/1-essai",
    "/atelier/2-curseur",
    "/atelier/absent",
    "/voila/static/voila.js",
    "/voila/static/absent.js",
    "/voila/labextensions/anywidget/package.json",
    "/voila/labextensions/absent/x.js",
    "/voila/labextensions/../x",
    "/voila/api/themes/@jupyterlab/theme-light-extension/index.css",
    "/voila/api/themes/absent/x.css",
    "/voila/templates/kit/static/x.js",
    "/api/kernels",
    "/api/kernels/00000000-0000-4000-8000-000000000000",
    "/api/kernels/00000000-0000-4000-8000-000000000000/channels",
    "/s",
    "/s/",
    "/s/ABCDEF",
    "/s/ABCDEF/etat",
    "/s/ABCDEF/flux",
    "/s/ABCDEF/reponse",
    "/s/ABCDEF/rejoindre",
    "/s/confidentialite",
    "/formateur",
    "/formateur/",
    "/formateur/entrer",
    "/formateur/entrer?cle=x",
    "/formateur/seances",
    "/formateur/s/ABCDEF",
    "/formateur/s/ABCDEF/ecran",
    "/formateur/s/ABCDEF/action",
    "/formateur/s/ABCDEF/restitution.html",
    "/favicon.ico",
    "/robots.txt",
    "/x",
]
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "INVENTE")


def test_every_answer_of_every_route_has_the_headers_and_is_in_french(room: serveur.Server) -> None:
    tried, wrong = 0, []
    for number, path in enumerate(ROUTES):
        visitor = Visitor(room.url, f"127.0.5.{number + 1}")
        for method in METHODS:
            for headers in (visitor.own_page, {"Host": f"exemple.fr:{visitor.host.split(':')[1]}"}):
                answer = visitor.ask(path, method, None, headers)
                tried += 1
                policy = answer.headers.get("content-security-policy", "")
                kind = answer.headers.get("content-type", "")
                faults = [
                    *(["CSP"] if not policy or "unsafe-eval" in policy or "*" in policy or "http" in policy else []),
                    *(["nosniff"] if answer.headers.get("x-content-type-options") != "nosniff" else []),
                    *(["referrer"] if answer.headers.get("referrer-policy") != "no-referrer" else []),
                    *(["500"] if answer.status >= 500 and answer.status != 503 else []),
                    *(["anglais"] if answer.status >= 400 and b"Error" in answer.body + answer.body else []),
                    *(["type"] if answer.body and not kind else []),
                    *(
                        ["page"]
                        if "html" in kind
                        and answer.body
                        and b'<html lang="fr">' not in answer.body
                        and answer.status >= 400
                        else []
                    ),
                ]
                if faults:
                    wrong.append((method, path, answer.status, faults, policy[:40]))
    print(f"R8 : {len(wrong)} réponse sans ses en-têtes sur {tried}")
    assert tried == len(ROUTES) * len(METHODS) * 2
    assert not wrong, "\n".join(map(str, wrong[:40]))


def test_no_page_calls_another_host(room: serveur.Server, browser: Browser) -> None:
    pages = ("", "atelier/1-essai", "s", "s/ABCDEF", "s/confidentialite", "formateur", "x")
    called: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: called.append(request.url))
    page.on("websocket", lambda socket: called.append(socket.url.replace("ws:", "http:", 1)))
    for path in pages:
        page.goto(room.url + path, wait_until="networkidle")
        assert page.locator("html").get_attribute("lang") == "fr"
        called += page.evaluate(
            "[...document.querySelectorAll('[src], link[href], form[action]')]"
            ".map((item) => item.src || item.href || item.action)"
        )
    context.close()
    foreign = [address for address in called if not address.startswith((room.url, "data:", "blob:"))]
    print(f"R8 : {len(foreign)} adresse étrangère sur {len(called)}")
    assert len(called) > 3 * len(pages)
    assert not foreign
