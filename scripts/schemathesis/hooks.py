"""Whom calls are made by: an admin, a key that acts for customers, and accounts that may come to an end."""

import json
import os
from random import randint
from urllib.request import Request, urlopen
from uuid import uuid4

import schemathesis

URL = os.environ["TURNWISE_URL"]
ADMIN = os.environ["TURNWISE_TOKEN"]
ACT_AS = os.environ["TURNWISE_KEY"]

# The password of the document's examples, so that the example of its change is right.
PASSWORD = "correct horse battery"

ENDS_ITS_CALLER = {"changePassword", "endMe", "endSession", "logout"}


def post(path, body):
    # Each from elsewhere, so that the limit on logins of one address does not end the run.
    address = ".".join(str(randint(1, 254)) for _ in range(4))
    headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
    with urlopen(Request(URL + path, json.dumps(body).encode(), headers)) as answer:
        return json.load(answer)


def token_of_new_account():
    account = {"email": f"{uuid4()}@example.com", "password": PASSWORD}
    post("/auth/register", account)
    return post("/auth/login", account)["accessToken"]


@schemathesis.auth(refresh_interval=None)
class Caller:
    def get(self, case, context):
        if context.operation.definition.raw.get("operationId") in ENDS_ITS_CALLER:
            return token_of_new_account()
        return ACT_AS if "Turnwise-User" in (case.headers or {}) else ADMIN

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """A wait of a minute shows no more than one of a second."""
    if str((case.query or {}).get("wait")).isdecimal() and int(case.query["wait"]) in range(2, 61):
        case.query["wait"] = 1
    if str((case.headers or {}).get("Prefer")).startswith("wait="):
        case.headers["Prefer"] = "wait=1"
