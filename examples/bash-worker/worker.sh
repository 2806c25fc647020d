#!/usr/bin/env bash
# A Turnwise worker in Bash, with curl and jq: one request at a time.
#
#     TURNWISE_URL=http://localhost:8085 TURNWISE_KEY=tw_... ./worker.sh
#
# Claims requests of the type "shout" and returns their text in capitals. Each ends well within its lease, so it
# extends no lease; see ../python-worker for longer work.
set -euo pipefail

url=${TURNWISE_URL:-http://localhost:8085}
claim=$(jq -nc --argjson leaseMs "${LEASE_MS:-10000}" '{types: ["shout"], $leaseMs, waitMs: 2000}')

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# A call without an answer is repeated for half a minute, which is longer than a lease. Each of these calls may be repeated.
call() { # path, body; if the API refuses the call, prints its reason
  local status
  status=$(curl --silent --show-error --max-time 30 --retry 5 --retry-all-errors --output "$answer" --write-out '%{http_code}' \
    --header "Authorization: Bearer $TURNWISE_KEY" --header 'Content-Type: application/json' --data "$2" "$url$1") || return
  if [[ $status == 2* ]]; then
    cat "$answer"
  else
    jq -r 'select(.code) | "\(.code): \(.detail)"' "$answer" >&2 || true
    return 1
  fi
}

stopping=
trap 'stopping=yes' TERM
echo 'serving shout'
while [ -z "$stopping" ]; do
  item=$(call /work/claim "$claim" | jq -c '.items[0] // empty') || { sleep 1; continue; }
  [ -n "$item" ] || continue
  work=/work/$(jq -r .request.id <<<"$item")
  if result=$(jq -ce '.request.payload.text | {text: ascii_upcase}' <<<"$item" 2>/dev/null); then
    told=$(call "$work/complete" "$(jq -c --argjson result "$result" '{fencingToken, $result}' <<<"$item")") || continue
  else
    told=$(call "$work/fail" "$(jq -c '{fencingToken, error: "no text", retryable: false}' <<<"$item")") || continue
  fi
  echo "$work $(jq -r .status <<<"$told")"
done
