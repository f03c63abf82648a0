#!/usr/bin/env bash
# build.sh [ARCHITECTURE]: packs the function into dist/function.zip. The same code
# gives the same archive, so that nothing is deployed that did not change.
set -euo pipefail

cd "$(dirname "$0")/.."
rm -rf dist
mkdir dist
version=$(git describe --tags --always --dirty 2>/dev/null || echo 0.0.0)
GOOS=linux GOARCH=${1:-arm64} CGO_ENABLED=0 go build -trimpath -buildvcs=false \
  -tags lambda.norpc -ldflags "-s -w -X main.version=$version" -o dist/bootstrap ./cmd/function
touch --date=@0 dist/bootstrap
(cd dist && zip --quiet -X function.zip bootstrap)
