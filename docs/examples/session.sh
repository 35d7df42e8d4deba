#!/usr/bin/env bash
# A session with FilmService in curl. Needs curl and jq. Usage: ./session.sh [address]
set -euo pipefail

address=${1:-http://127.0.0.1:5000}
up=/films/up
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
body=$folder/body
headers=$folder/headers

# call METHOD PATH STATUS [CURL OPTION...]: sends one request; stops unless the status is the expected one.
call() {
  local method=$1 path=$2 expected=$3 status
  shift 3
  : > "$body" # curl leaves the file alone when an answer has no body
  status=$(curl -sS -m 10 -X "$method" -D "$headers" -o "$body" -w '%{http_code}' "$@" "$address$path")
  if [ "$status" != "$expected" ]; then
    echo "$method $path: $status instead of $expected: $(cat "$body")" >&2
    exit 1
  fi
}
json() { jq -r "$1" "$body"; }
etag() { sed -n 's/^etag: *\(.*\)\r$/\1/Ip' "$headers"; }
as_json='Content-Type: application/json'
show='"\(.Name) (\(.Month) \(.Year))"'

call GET / 200
echo "200 hello, $(json .hello)"

call GET /films 200
echo "200 $(json length) films"

call GET /films/1 200
echo "200 film 1 is $(json "$show")"

# Create a film. The ETag in the response is its revision.
call PUT $up 201 -H "$as_json" -d '{"name":"Up","year":2008,"month":"May"}'
first=$(etag)
echo "201 created $(json "$show")"

# Replace it, but only if nobody has changed it since (optimistic concurrency).
call PUT $up 200 -H "$as_json" -H "If-Match: $first" -d '{"name":"Up","year":2009,"month":"May"}'
second=$(etag)
echo "200 replaced with $(json "$show")"

# A second client still has the first revision: its write is rejected, and the response shows the current film.
call PUT $up 412 -H "$as_json" -H "If-Match: $first" -d '{"name":"Up","year":2008,"month":"June"}'
echo "412 rejected, the film is now $(json ".current | $show")"

# Revalidate a film that we already have.
call GET $up 304 -H "If-None-Match: $second"
echo "304 not modified"

# All errors are reported at once, by argument name.
call PUT $up 400 -H "$as_json" -d '{"name":"","year":1492,"month":"May"}'
json '.errors | to_entries | sort_by(.key)[] | .key as $argument | .value[] | "400 \($argument): \(.)"'

# Add a film with a generated id. The idempotency key makes it safe to retry if the response was lost.
key="Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)"
down='{"name":"Down","year":2001,"month":"June"}'
call POST /films 201 -H "$as_json" -H "$key" -d "$down"
id=$(json .Id)
echo "201 added $(json "$show")"
call POST /films 201 -H "$as_json" -H "$key" -d "$down"
[ "$(json .Id)" = "$id" ] && echo "201 retried, and it is the same film"

# Change part of it.
call PATCH "/films/$id" 200 -H "$as_json" -d '{"year":2002}'
echo "200 changed to $(json "$show")"

# What has changed since? The ETag of a film is its revision, and also its position in the change feed.
call GET "/changes?since=$(tr -d '"' <<< "$second")" 200
json ".items[] | \"200 then: \" + $show"
call DELETE "/films/$id" 204

call DELETE $up 204
echo "204 deleted"

call GET $up 404
echo "404 $(json .message)"

call GET /hello_world 200 --user 'admin:atCh_5K}?g'
echo "200 logged in, Hello $(json .Hello)"
