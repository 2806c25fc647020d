#!/usr/bin/env python3
"""A Turnwise worker in Python: the standard library is enough.

    TURNWISE_URL=http://localhost:8085 TURNWISE_KEY=tw_... python3 worker.py

Claims requests of the type "word-count", works for several users at once, extends each lease while it works, and reports
the outcome of each attempt. On SIGTERM it claims nothing more, and finishes what it has.
"""

import http.client
import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

URL = os.environ.get("TURNWISE_URL", "http://localhost:8085")
KEY = os.environ["TURNWISE_KEY"]
TYPES = ["word-count"]
AT_ONCE = int(os.environ.get("AT_ONCE", "8"))
LEASE_MS = int(os.environ.get("LEASE_MS", "10000"))
WAIT_MS = 20_000

stopping = threading.Event()


class LeaseLost(Exception):
    """Another worker may have the request now: stop, and change nothing more."""


class Refused(Exception):
    """The API refuses the call; the message says why."""


def problem_of(error):
    """The reason that the API gives: the detail of its problem document."""
    try:
        problem = json.load(error)
        return f"{error.code} {problem['code']}: {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return str(error)


def call(path, body):
    """One call of the API, repeated while the service is down. Each of these calls may be repeated."""
    data = json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    while True:
        request = urllib.request.Request(URL + path, data=data, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=WAIT_MS / 1000 + 10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 409:
                raise LeaseLost() from error
            if error.code != 429 and error.code < 500:
                raise Refused(f"{path}: {problem_of(error)}") from error
            wait = float(error.headers.get("Retry-After", "1"))
        except (OSError, http.client.HTTPException):  # no answer, or only a part of it
            wait = 1.0
        if path == "/work/claim" and stopping.is_set():
            return {"items": []}
        time.sleep(wait)


class Stopped(Exception):
    """The work was stopped: the request was cancelled, or the lease has ended."""


def word_count(payload, stop):
    """The work itself. It checks `stop`. If it raises, the attempt fails, and the request is retried in place."""
    if stop.wait(payload.get("seconds", 0)):
        raise Stopped("told to stop")
    return {"words": len(payload["text"].split())}


def keep_lease(item, given_at, done, stop):
    """Extends the lease after each third of it, and sets `stop` when it has ended anyway."""
    path = f"/work/{item['request']['id']}/extend"
    end = lease_end(given_at, item["leaseMs"], stop)
    while not done.wait(item["leaseMs"] / 3000):
        asked_at = time.monotonic()
        try:
            kept = call(path, {"fencingToken": item["fencingToken"], "leaseMs": LEASE_MS})
        except LeaseLost:
            stop.set()
            break
        end.cancel()
        end = lease_end(asked_at, kept["leaseMs"], stop)
        if kept["cancelRequested"]:
            stop.set()
    end.cancel()


def lease_end(since, lease_ms, stop):
    """Uses the monotonic clock: the worker knows the end of its lease even without an answer."""
    timer = threading.Timer(since + lease_ms / 1000 - time.monotonic(), stop.set)
    timer.daemon = True
    timer.start()
    return timer


def run(item, given_at, slots):
    """One attempt, from the claim to its outcome."""
    request, token = item["request"], {"fencingToken": item["fencingToken"]}
    path = f"/work/{request['id']}"
    done, stop = threading.Event(), threading.Event()
    keeper = threading.Thread(target=keep_lease, args=(item, given_at, done, stop), daemon=True)
    keeper.start()
    try:
        try:
            result = word_count(request["payload"], stop)
            json.dumps(result, allow_nan=False)  # raises if it cannot be sent, e.g. because it is a set
        except Exception as error:  # report it, whatever it is
            call(f"{path}/fail", {**token, "error": {"code": "word_count", "message": str(error) or repr(error)}})
        else:
            call(f"{path}/complete", {**token, "result": result})
        print(f"{request['id']} attempt {item['attempt']} ended", flush=True)
    except LeaseLost:
        print(f"{request['id']} attempt {item['attempt']}: the lease was lost", flush=True)
    finally:
        done.set()
        slots.release()


def main():
    """Claims as many requests as it has free slots, each of a different user."""
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    slots = threading.Semaphore(AT_ONCE)
    threads = []
    print(f"serving {', '.join(TYPES)}", flush=True)
    while not stopping.is_set():
        slots.acquire()
        if stopping.is_set():  # told to end while it waited for a slot
            break
        free = 1
        while free < AT_ONCE and slots.acquire(blocking=False):
            free += 1
        wait_ms = WAIT_MS if free == AT_ONCE else 1_000
        items = call("/work/claim", {"types": TYPES, "max": free, "leaseMs": LEASE_MS, "waitMs": wait_ms})["items"]
        given_at = time.monotonic()  # not before the call: a claim may wait longer than a lease lasts
        for _ in range(free - len(items)):
            slots.release()
        threads = [thread for thread in threads if thread.is_alive()]
        for item in items:
            thread = threading.Thread(target=run, args=(item, given_at, slots))
            thread.start()
            threads.append(thread)
    for thread in threads:
        thread.join()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as refusal:
        sys.exit(str(refusal))
