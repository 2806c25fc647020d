"""A session by openapi-python-client, which `npm run build:python` uses. See ../../clients.js."""

import json
import sys

from turnwise_client import AuthenticatedClient, Client
from turnwise_client.api.auth import login, register
from turnwise_client.api.requests import enqueue, get_request
from turnwise_client.models import EnqueueDto, LoginDto, RegisterDto

url, email, password, payloads = sys.argv[1:]
visitor = Client(base_url=url, raise_on_unexpected_status=True)
register.sync(client=visitor, body=RegisterDto(email=email, password=password))
token = login.sync(client=visitor, body=LoginDto(email=email, password=password)).access_token

client = AuthenticatedClient(base_url=url, token=token, raise_on_unexpected_status=True)
for payload in json.loads(payloads):
    body = EnqueueDto(type_="echo", payload=payload)
    accepted = enqueue.sync(client=client, body=body)
    read = get_request.sync(accepted.id, client=client, wait=30)
    waited = enqueue.sync(client=client, body=body, prefer="wait=30")
    print(json.dumps([read.payload, read.result, waited.result]))
