#!/usr/bin/env bash
# Builds and runs all tests, those of the page in a browser among them; the last line is "N passed, N failed, N skipped" over all projects.
# COVERAGE=1, or CI=true, also prints how many of the lines of src the tests run through.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"

scripts/setup.sh app servers browser
scripts/build.sh all

results=$ROOT/TestResults
rm -rf "$results"
mkdir -p "$results"
arguments=(Tradepost.slnx -c Release --no-build -v quiet --logger "console;verbosity=minimal" --results-directory "$results")
coverage=${COVERAGE:-}
[ "${CI:-}" != true ] || coverage=${COVERAGE:-1}
if [ "$coverage" = 1 ]; then
  arguments+=(--collect "XPlat Code Coverage" --settings tests/coverage.runsettings)
fi

scratch=$(memory_folder)
if [ -n "$scratch" ]; then
  export TMPDIR=$scratch
  trap 'rm -rf "$scratch"' EXIT
fi

# A shell that starts this in the background has Ctrl-C ignored by everything below it; tests send it and wait for an answer.
listening=()
if env --default-signal=INT true 2>/dev/null; then listening=(env --default-signal=INT,QUIT); fi

# The page's own tests, and a browser against the built program, run beside the others, which leave the processor idle now and then.
page() {
  local kind wrong=0
  for kind in test test:browser; do
    echo "Page: npm run $kind"
    "${listening[@]}" npm --prefix web run --silent "$kind" -- --reporter=default --reporter=json --outputFile.json="$results/page-${kind/:/-}.json" </dev/null 2>&1 || wrong=1
  done
  return $wrong
}
page >"$results/page.log" &
page=$!

# Three projects at once: those that wait for servers, clocks and exchanges fill the gaps of those that compute.
status=0
"${listening[@]}" dotnet test "${arguments[@]}" -m:3 </dev/null 2>&1 | tee "$results/console.log" | grep -a --line-buffered -v '^\(Test run for\|A total of\|Attachments:\|  .*coverage\.info\|$\)' || status=${PIPESTATUS[0]}

# The counts of the page's tests become lines like those of dotnet.
wait "$page" || status=1
cat "$results/page.log"
for report in "$results"/page-test.json "$results"/page-test-browser.json; do
  node web/scripts/counts.mjs "$report" | tee -a "$results/console.log" || status=1
done

if [ "$coverage" = 1 ]; then
  find "$results" -name coverage.info -exec cat {} + | awk -f scripts/coverage.awk
fi

# One line per project: "Passed!  - Failed:     0, Passed:    17, Skipped:     0, Total:    17, …"
counts=$(sed -nE 's/^(Passed|Failed|Skipped)! +- Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+), Total.*/\2 \3 \4/p' "$results/console.log" |
  awk '{ failed += $1; passed += $2; skipped += $3 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }')
# What failed is said again at the end, where a log that is cut off at the front still shows it.
LC_ALL=C awk '/^  Failed /{ left = 12 } /^  Passed |^(Passed|Failed|Skipped)!/{ left = 0 } left-- > 0' "$results/console.log"
grep -a -A 12 -E '(FAIL|Error:)' "$results/page.log" | head -60 || true

# A run that is told to stop ends with 0 whatever failed before.
[[ $counts == *" 0 failed"* ]] || status=1
if [ "$status" = 0 ] && [ "$counts" = "0 passed, 0 failed, 0 skipped" ]; then
  say "No test ran."
  status=1
fi
if [ "$status" != 0 ] && [[ $counts == *" 0 failed"* ]]; then
  say "The test run ended with an error though no test failed; see above, and TestResults/console.log."
fi
echo "$counts"
exit "$status"
