"""A session by openapi-generator's client for Python. See scripts/clients.js."""

import json
import sys

from openapi_client import ApiClient, AuthApi, Configuration, EnqueueDto, LoginDto, RegisterDto, RequestsApi

url, email, password, payloads = sys.argv[1:]
auth = AuthApi(ApiClient(Configuration(host=url)))
auth.register(RegisterDto(email=email, password=password))
token = auth.login(LoginDto(email=email, password=password)).access_token

requests = RequestsApi(ApiClient(Configuration(host=url, access_token=token)))
for payload in json.loads(payloads):
    body = EnqueueDto(type="echo", payload=payload)
    accepted = requests.enqueue(body)
    read = requests.get_request(accepted.id, wait=30)
    waited = requests.enqueue(body, prefer="wait=30")
    print(json.dumps([read.payload, read.result, waited.result]))
