#!/usr/bin/env bash
# Runs the tests of the .NET projects at moments that clocks and calendars make hard, under Debian's libfaketime: shortly before midnight UTC,
# on 29 February, at a new year, and where Kyiv goes over to summer time. By hand, not in every CI run.
#   test-clock.sh [PROJECT…]   some of the projects (App, Jobs, Domains/Retail, …) instead of all
# MOMENTS="…" picks some of: midnight leap-day new-year summer-time. Prints a line a moment, then "N passed, N failed, N skipped" over all.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"

scripts/setup.sh app servers clock
scripts/build.sh all

faketime=$(faketime_library)
[ -n "$faketime" ] || fail "There is no libfaketime.so.1; install the package faketime."

# The page's tests have no part in this: their clock is the browser's. Nor have those with Prometheus, a program in Go: it asks the kernel
# for the time, past every library, and stays in the present. With standard output closed, libfaketime's own file would take its place.
only="FullyQualifiedName!~PrometheusTests&FullyQualifiedName!~A_closed_or_full_output${FILTER:+&($FILTER)}"
projects=("$@")
if [ ${#projects[@]} = 0 ]; then
  while IFS= read -r project; do projects+=("$project"); done < <(cd tests && find . -name '*.Tests.csproj' -printf '%h\n' | sed 's|^\./||' | sort)
fi
for project in "${projects[@]}"; do
  compgen -G "tests/$project/*.Tests.csproj" >/dev/null || fail "There is no test project $project; there are $(cd tests && find . -name '*.Tests.csproj' -printf '%P\n' | xargs -n1 dirname | sort | paste -sd' ')."
done

# The moment as the zone's clocks show it when a project's tests begin; midnight and the change of time come while they run.
moment_of() {
  case $1 in
    midnight) echo "UTC 2026-11-29 23:58:30" ;;
    leap-day) echo "UTC 2028-02-29 10:00:00" ;;
    new-year) echo "UTC 2026-12-31 23:58:30" ;;
    summer-time) echo "Europe/Kyiv 2027-03-28 02:58:30" ;;
    *) fail "MOMENTS holds $1; allowed are midnight, leap-day, new-year and summer-time." ;;
  esac
}

results=$ROOT/TestResults/clock
rm -rf "$results"
mkdir -p "$results"
listening=()
if env --default-signal=INT true 2>/dev/null; then listening=(env --default-signal=INT,QUIT); fi

scratch=$(memory_folder)
if [ -n "$scratch" ]; then
  export TMPDIR=$scratch
  trap 'rm -rf "$scratch"' EXIT
fi

status=0
count() { # count LOG…: over the lines "Passed!  - Failed:     0, Passed:    17, Skipped:     0, Total:    17, …"
  sed -nE 's/^(Passed|Failed|Skipped)! +- Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+), Total.*/\2 \3 \4/p' "$@" |
    awk '{ failed += $1; passed += $2; skipped += $3 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }'
}

# A shift rather than a moment: every process that the tests start, servers too, sees the same time.
# What waits does so by the monotonic clock, which stays as it is: with that faked, or mended, .NET's waits end at once.
run() { # run PROJECT ZONE MOMENT LOG
  local shift_by=$(($(TZ=$2 date -d "$3" +%s) - $(date +%s)))
  env LD_PRELOAD="$faketime" FAKETIME="$(printf '%+ds' "$shift_by")" FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 TZ="$2" MSBUILDDISABLENODEREUSE=1 \
    "${listening[@]}" dotnet test tests/"$1"/*.Tests.csproj -c Release --no-build -v quiet --logger "console;verbosity=minimal" --filter "$only" </dev/null >"$4" 2>&1
}

# Three projects at once, as in test.sh: those that wait for servers, clocks and exchanges fill the gaps of those that compute.
for name in ${MOMENTS:-midnight leap-day new-year summer-time}; do
  read -r zone moment <<<"$(moment_of "$name")"
  logs=()
  for project in "${projects[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge 3 ]; do wait -n || status=1; done
    logs+=("$results/$name.${project//\//-}.log")
    run "$project" "$zone" "$moment" "${logs[-1]}" &
  done
  while [ -n "$(jobs -p)" ]; do wait -n || status=1; done
  echo "$name ($moment $zone): $(count "${logs[@]}")"
  sed -nE 's/^  Failed /  failed: /p' "${logs[@]}"
done

counts=$(count "$results"/*.log)
[[ $counts == *" 0 failed"* ]] || status=1
if [ "$counts" = "0 passed, 0 failed, 0 skipped" ]; then
  say "No test ran; see $results."
  status=1
fi
echo "$counts"
exit "$status"
