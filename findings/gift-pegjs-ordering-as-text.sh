#!/usr/bin/env bash
# gift-pegjs makes a typed answer of Moodle's ordering question: learners would have to type the whole list.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund gift-pegjs@1.0.2 || exit 2

cat >run.cjs <<'SCRIPT'
const { parse } = require("gift-pegjs");
const { version } = require("gift-pegjs/package.json");

// As Moodle writes its ordering questions in GIFT (qtype_ordering, part of Moodle since 4.4).
const [sort] = parse("::Bake::Put the steps in order.{>ALL VERTICAL ABSOLUTE_POSITION SHOW NONE\nMix\nRise\nBake\n}");
const accepted = (sort.choices ?? []).map(({ isCorrect, text }) => `${text.text} (${isCorrect ? "right" : "wrong"})`);

console.log("gift-pegjs", version);
console.log("guess:   an ordering question, or an error that says the type is not supported");
console.log("happens:", `type ${sort.type}, accepted answer:`, JSON.stringify(accepted));
console.log("matters: no learner types that, so everybody fails the question, and a page that shows the right answer");
console.log("         shows the code of the file. Look for “{>” before you trust the type");

const asDescribed = sort.type === "Short" && accepted.length === 1 && /^>ALL VERTICAL.*Bake \(right\)$/.test(accepted[0]);
console.log(asDescribed ? "As described." : "CHANGED: read the result above.");
process.exit(asDescribed ? 0 : 1);
SCRIPT
node run.cjs
