#!/usr/bin/env bash
# Instead of `0 * * * * curl -X POST https://reports.example.com/hourly`: the call is recorded, retried, and made once an hour,
# however many machines have the line in their crontab.
#
#     TURNWISE_URL=http://localhost:8085 TURNWISE_KEY=tw_... ./from-cron.sh https://reports.example.com/hourly
set -euo pipefail

hour=$(date -u +%Y-%m-%dT%H)
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# Repeated without an answer, and after a 429 or 5xx. With --fail, curl would repeat a refusal (4xx) too.
status=$(curl --silent --show-error --max-time 30 --retry 5 --retry-all-errors --output "$answer" --write-out '%{http_code}' \
  --header "Authorization: Bearer $TURNWISE_KEY" --header 'Content-Type: application/json' \
  --header "Idempotency-Key: $1 $hour" \
  --data "{\"type\":\"http\",\"payload\":{\"url\":\"$1\",\"body\":{\"hour\":\"$hour\"}}}" \
  "${TURNWISE_URL:-http://localhost:8085}/enqueue")
cat "$answer"
[[ $status == 2* ]]
