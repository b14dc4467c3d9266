# Two commands do everything: "make atelier" and "make test". Both set the environment up from the lock file.
PORT ?= 8866
SALLE ?=
SUIVRE ?=
ADRESSE ?=
PYTHON ?= python3
# Without byte-compiled packages a kernel starts three times slower; some systems switch it off.
unexport PYTHONDONTWRITEBYTECODE

UV := $(shell command -v uv 2>/dev/null || echo .outils/bin/uv)
RUN := $(UV) run --frozen --no-sync

.PHONY: atelier test endurance bench livre diapos verifier panel noter publier vendor clean

atelier: .venv/pret
	@$(RUN) mallette atelier --port $(PORT) $(if $(SALLE),--salle) $(if $(ADRESSE),--adresse "$(ADRESSE)")

test: .venv/essais
	@$(RUN) python -m outils.chromium
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	@$(RUN) deno fmt --check
	@$(RUN) deno lint
	@# Types are checked while the tests begin: alone, that leaves all processors but one idle.
	$(RUN) mypy & types=$$!; $(RUN) pytest; tests=$$?; wait $$types && exit $$tests

# Faults over and over (three quarters of an hour): servers killed thirty times, busy rooms, every question projected.
endurance: .venv/essais
	$(RUN) pytest -m endurance -n 0

# A room of phones on the kit, on stock Voilà and on tuned Voilà, side by side (about twenty minutes).
bench: .venv/essais
	$(RUN) python -m tests.bench.room

# make livre SUIVRE=1: shows the book, and builds it again at each saved file.
livre: .venv/pret
	@$(RUN) mallette livre $(if $(SUIVRE),--suivre --port $(PORT))

diapos: .venv/pret
	@$(RUN) mallette diapos

verifier: .venv/pret
	@$(RUN) mallette verifier

# make panel FICHIER=panels/….yml, then REMPLACER=1 to take the place of a panel.
panel: .venv/pret
	@$(RUN) mallette panel "$(FICHIER)" $(if $(REMPLACER),--remplacer)

# make noter ETAPE="corriger prevalence"; without ETAPE, the list of steps.
noter: .venv/pret
	@$(RUN) mallette noter $(or $(ETAPE),--help)

# make publier CIBLE="pdf --unite 2-economie-de-la-debrouille"; without CIBLE, the list of targets.
publier: .venv/publication
	@$(RUN) mallette publier $(or $(CIBLE),--help)

# Developers only: needs Node.js.
vendor:
	bash outils/vendor/refresh.sh

clean:
	rm -rf _build

# What tests need comes with the first test: a trainer's laptop does without it.
.venv/pret: pyproject.toml uv.lock | $(UV)
	@echo "Installation de la mallette (une à deux minutes la première fois)…"
	@$(UV) sync --frozen --compile-bytecode --no-dev --inexact
	@touch $@

.venv/essais: .venv/pret
	@$(UV) sync --frozen --compile-bytecode
	@touch $@

# The writer of PDFs comes with the first publication.
.venv/publication: .venv/pret
	@$(UV) sync --frozen --compile-bytecode --no-dev --inexact --extra publication
	@touch $@

# A plain Debian Python may lack venv or pip: one of the two is enough.
.outils/bin/uv:
	@echo "Installation de l’outil uv…"
	@{ $(PYTHON) -m venv .outils && .outils/bin/python -m pip install --quiet --disable-pip-version-check uv; } \
	  || $(PYTHON) -m pip install --quiet --disable-pip-version-check --prefix .outils --ignore-installed uv \
	  || { echo "Il manque pip à Python : installez le paquet python3-venv (Debian, Ubuntu), puis relancez."; exit 1; }
