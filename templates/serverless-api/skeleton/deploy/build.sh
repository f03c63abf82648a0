#!/usr/bin/env bash
# build.sh [ARCHITECTURE]: packs the function into dist/function.zip. The same code
# gives the same archive, so that nothing is deployed that did not change: its version
# names the last commit that changed the code, not the one that is built.
set -euo pipefail

cd "$(dirname "$0")/.."
rm -rf dist
mkdir dist
# Whatever becomes part of the archive.
code=(cmd internal '*.go' openapi.yaml go.mod go.sum deploy/build.sh ':(exclude)*_test.go')
changed=$(git log -1 --format=%H -- "${code[@]}" 2>/dev/null || true)
version=$(git describe --tags --always "${changed:-HEAD}" 2>/dev/null || echo 0.0.0)
if [ -n "$(git status --porcelain -- "${code[@]}" 2>/dev/null || true)" ]; then
  version=$version-dirty
fi
GOOS=linux GOARCH=${1:-arm64} CGO_ENABLED=0 go build -trimpath -buildvcs=false \
  -tags lambda.norpc -ldflags "-s -w -X main.version=$version" -o dist/bootstrap ./cmd/function
touch --date=@0 dist/bootstrap
(cd dist && zip --quiet -X function.zip bootstrap)
