#!/usr/bin/env bash
# gift-pegjs gives the feedback for a wrong answer to learners who rightly answer true.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund gift-pegjs@1.0.2 || exit 2

cat >run.cjs <<'SCRIPT'
const { parse } = require("gift-pegjs");
const { version } = require("gift-pegjs/package.json");

// As Moodle reads GIFT: the first text is for a wrong answer, the second for a right one.
const FEEDBACK = "#No, look again.#Yes, well done.";
const [yes, no] = ["TRUE", "FALSE"].map((answer) => parse(`Oslo is in Norway.{${answer}${FEEDBACK}}`)[0]);

console.log("gift-pegjs", version);
console.log("guess:   with the right answer TRUE, a learner who answers true gets the second text");
console.log("happens: trueFeedback is the first text:", JSON.stringify(yes.trueFeedback.text), "for TRUE,");
console.log("        ", JSON.stringify(no.trueFeedback.text), "for FALSE");
console.log("matters: a learner who is right reads that they are wrong. Swap the two when isTrue is set");

const first = "No, look again.";
const asDescribed = yes.isTrue && !no.isTrue && yes.trueFeedback.text === first && no.trueFeedback.text === first;
console.log(asDescribed ? "As described." : "CHANGED: read the result above.");
process.exit(asDescribed ? 0 : 1);
SCRIPT
node run.cjs
