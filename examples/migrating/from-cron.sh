#!/usr/bin/env bash
# Instead of `0 * * * * curl -X POST https://reports.example.com/hourly`: the call is recorded, retried, and made once an hour,
# however many machines have the line in their crontab.
#
#     TURNWISE_URL=http://localhost:8085 TURNWISE_KEY=tw_... ./from-cron.sh https://reports.example.com/hourly
set -euo pipefail

hour=$(date -u +%Y-%m-%dT%H)
curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused \
  --header "Authorization: Bearer $TURNWISE_KEY" --header 'Content-Type: application/json' \
  --header "Idempotency-Key: $1 $hour" \
  --data "{\"type\":\"http\",\"payload\":{\"url\":\"$1\",\"body\":{\"hour\":\"$hour\"}}}" \
  "${TURNWISE_URL:-http://localhost:8085}/enqueue"
