#!/usr/bin/env bash
# deploy.sh ENVIRONMENT: makes what infrastructure says, with the function that
# build.sh packed, and has callers moved to it.
set -euo pipefail

environment=$1
cd "$(dirname "$0")/../infrastructure"
terraform init -input=false -reconfigure -backend-config="environments/$environment.s3.tfbackend"
terraform apply -input=false -auto-approve -var-file="environments/$environment.tfvars"
exec ../deploy/move.sh "$(terraform output -raw function)" "$(terraform output -raw version)"
