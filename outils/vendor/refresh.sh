#!/usr/bin/env bash
# Rebuild mallette/widgets/static/vendor/ and mallette/design/polices/ from the pinned versions. Needs Node.js 20, npm and uv (developers only).
# To upgrade: npm install --save-exact @observablehq/plot@VERSION here, then this script, then `make test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --ignore-scripts
node build.mjs
"$(command -v uv || echo ../../.outils/bin/uv)" run --no-project --script polices.py
