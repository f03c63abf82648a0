#!/usr/bin/env bash
# move.sh FUNCTION VERSION: has CodeDeploy move callers to a version, a part of the
# requests after the other. It fails when CodeDeploy went back.
set -euo pipefail

function=$1 version=$2
live=$(aws lambda get-alias --function-name "$function" --name live --query FunctionVersion --output text)
if [ "$live" = "$version" ]; then
  echo "version $version is live already"
  exit 0
fi
# Written out, because some versions of jq make 0.0 a 0, which CodeDeploy does not take.
content=$(printf '{"version":0.0,"Resources":[{"live":{"Type":"AWS::Lambda::Function","Properties":{"Name":"%s","Alias":"live","CurrentVersion":"%s","TargetVersion":"%s"}}}]}' \
  "$function" "$live" "$version")
revision=$(jq --null-input --compact-output --arg content "$content" \
  '{ revisionType: "AppSpecContent", appSpecContent: { content: $content } }')
deployment=$(aws deploy create-deployment --application-name "$function" \
  --deployment-group-name live --revision "$revision" --query deploymentId --output text)
echo "CodeDeploy moves callers from version $live to $version: $deployment"
aws deploy wait deployment-successful --deployment-id "$deployment"
