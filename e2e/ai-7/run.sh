#!/usr/bin/env bash
# The AI SDK adapter with `ai` 7, which needs Node 22; run after `npm run build`. Exit 77 says that it could not be tried.
set -uo pipefail
cd "$(dirname "$0")"

npm ci --no-audit --no-fund --silent 2>/dev/null || { echo 'SKIPPED: the packages of e2e/ai-7 cannot be installed'; exit 77; }
if node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 18) ? 0 : 1)'; then
  exec node --no-warnings check.mjs
fi
npx -y --ignore-scripts=false node@22 --version >/dev/null 2>&1 || { echo 'SKIPPED: Node 22 cannot be had'; exit 77; }
exec npx -y --ignore-scripts=false node@22 --no-warnings check.mjs
