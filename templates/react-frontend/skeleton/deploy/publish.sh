#!/usr/bin/env bash
# publish.sh ENVIRONMENT: puts what was built into the bucket that the CDN reads.
# SITE_BUCKET names it; CDN_DISTRIBUTION is the one of CloudFront, if it is that.
set -euo pipefail

environment=$1
cp "deploy/settings/$environment.json" dist/settings.json

# Assets first, so that no page names one that is not there. Those of earlier
# versions stay: somebody may have their page open.
aws s3 sync dist/assets "s3://$SITE_BUCKET/assets" --no-progress \
  --cache-control 'public, max-age=31536000, immutable'
aws s3 sync dist "s3://$SITE_BUCKET" --no-progress --delete \
  --exclude 'assets/*' --exclude _headers --cache-control no-cache

if [ -n "${CDN_DISTRIBUTION:-}" ]; then
  aws cloudfront create-invalidation --distribution-id "$CDN_DISTRIBUTION" \
    --paths / /index.html /settings.json > /dev/null
fi
