// A session by openapi-generator's client for Go. See ../../clients.js.
package main

import (
	"context"
	"encoding/json"
	"os"

	"example.com/generated/turnwise"
)

func main() {
	url, email, password, payloads := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	configuration := turnwise.NewConfiguration()
	configuration.Servers = turnwise.ServerConfigurations{{URL: url}}
	client := turnwise.NewAPIClient(configuration)

	ctx := context.Background()
	_, _, err := client.AuthAPI.Register(ctx).RegisterDto(*turnwise.NewRegisterDto(email, password)).Execute()
	check(err)
	tokens, _, err := client.AuthAPI.Login(ctx).LoginDto(*turnwise.NewLoginDto(email, password)).Execute()
	check(err)
	ctx = context.WithValue(ctx, turnwise.ContextAccessToken, tokens.AccessToken)

	var all []any
	check(json.Unmarshal([]byte(payloads), &all))
	for _, payload := range all {
		call := client.RequestsAPI.Enqueue(ctx).EnqueueDto(*turnwise.NewEnqueueDto("echo", payload))
		accepted, _, err := call.Execute()
		check(err)
		read, _, err := client.RequestsAPI.GetRequest(ctx, accepted.Id).Wait(30).Execute()
		check(err)
		waited, _, err := call.Prefer("wait=30").Execute()
		check(err)
		check(json.NewEncoder(os.Stdout).Encode([]any{read.Payload, read.Result, waited.Result}))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
