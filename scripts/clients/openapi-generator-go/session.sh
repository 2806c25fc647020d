# Needs go, python3 with pip.
{
  generate -g go -o turnwise --additional-properties=packageName=turnwise,enumUnknownDefaultCase=true \
    --git-host example.com --git-user-id generated --git-repo-id turnwise
  go mod init example.com/session
  go mod edit -require example.com/generated/turnwise@v0.0.0 -replace example.com/generated/turnwise=./turnwise
  go mod tidy
  go build -o session .
} >&2
./session "$@"
