{
  mkdir turnwise
  go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 \
    -generate types,client -package turnwise -o turnwise/turnwise.go "$DOCUMENT"
  go mod init example.com/session
  go get github.com/oapi-codegen/runtime@v1.9.0
  go mod tidy
  go build -o session .
} >&2
./session "$@"
