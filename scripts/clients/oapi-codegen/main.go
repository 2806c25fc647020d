// A session by oapi-codegen's client for Go. See ../../clients.js.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"

	"example.com/session/turnwise"
	"github.com/oapi-codegen/runtime/types"
)

func main() {
	url, email, password, payloads := os.Args[1], types.Email(os.Args[2]), os.Args[3], os.Args[4]
	ctx := context.Background()
	token := ""
	client, err := turnwise.NewClientWithResponses(url, turnwise.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer "+token)
			return nil
		}))
	check(err)

	_, err = client.RegisterWithResponse(ctx, turnwise.RegisterDto{Email: email, Password: password})
	check(err)
	login, err := client.LoginWithResponse(ctx, turnwise.LoginDto{Email: email, Password: password})
	check(err)
	token = login.JSON200.AccessToken

	var all []any
	check(json.Unmarshal([]byte(payloads), &all))
	wait, prefer := int32(30), "wait=30"
	for _, payload := range all {
		body := turnwise.EnqueueDto{Type: "echo", Payload: payload}
		accepted, err := client.EnqueueWithResponse(ctx, nil, body)
		check(err)
		read, err := client.GetRequestWithResponse(ctx, accepted.JSON202.Id, &turnwise.GetRequestParams{Wait: &wait})
		check(err)
		waited, err := client.EnqueueWithResponse(ctx, &turnwise.EnqueueParams{Prefer: &prefer}, body)
		check(err)
		said := []any{read.JSON200.Payload, read.JSON200.Result, waited.JSON200.Result}
		check(json.NewEncoder(os.Stdout).Encode(said))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
