# Sourced by what runs several suites one after another: each becomes a line with its verdict, its minutes and the last
# words of its log, the whole log where it failed; at the end a line with the sum, `N passed, N failed`.
# shellcheck shell=bash
stage_logs=$(mktemp -d)
trap 'rm -rf "$stage_logs"' EXIT
passed=0 failed=0 skipped=0
declare -a stage_times=()

add_up() { # log: takes the closing line of a stage
    local line
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1)
    passed=$((passed + $(grep -oE '^[0-9]+' <<<"${line:-0}")))
    failed=$((failed + $(grep -oE '[0-9]+ failed' <<<"${line:-0 failed}" | grep -oE '[0-9]+')))
    skipped=$((skipped + $(grep -oE '[0-9]+ skipped' <<<"${line:-} 0 skipped" | head -n 1 | grep -oE '[0-9]+')))
}

minutes() { # seconds, as minutes and seconds
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

stage() { # name, whether it counts tests itself (counts|passes), command …
    local name=$1 kind=$2 started=$SECONDS status before=$failed verdict=ok log="$stage_logs/$1"
    shift 2
    "$@" >"$log" 2>&1
    status=$?
    if [ "$kind" = counts ] && grep -qE '^[0-9]+ passed, [0-9]+ failed' "$log"; then
        add_up "$log"
        [ $status -eq 0 ] || [ "$failed" -gt "$before" ] || failed=$((failed + 1))
    elif [ $status -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    [ $status -eq 0 ] || verdict=FAILED
    stage_times+=("$(minutes $((SECONDS - started)))  $name")
    echo "$name: $verdict ($(minutes $((SECONDS - started))) min) $(tail -n 1 "$log" | cut -c1-150)"
    grep -E '^(SKIPPED|NOTE):|^SKIPPED \[' "$log" | sort -u | cut -c1-200
    [ $status -eq 0 ] || tail -n 120 "$log"
}

end_of_stages() {
    local tail=""
    echo "minutes of each stage, $(minutes $SECONDS) in all:"
    printf '  %s\n' "${stage_times[@]}"
    [ "$skipped" -eq 0 ] || tail=", $skipped skipped"
    echo "$passed passed, $failed failed$tail"
    [ "$failed" -eq 0 ]
}
