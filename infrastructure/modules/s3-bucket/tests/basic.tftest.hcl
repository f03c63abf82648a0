mock_provider "aws" {
}

variables {
  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger" }
}

run "secure_by_default" {
  command = plan

  assert {
    condition     = aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "The bucket must not be public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Earlier versions must be kept."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this[0].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"
    error_message = "It must be encrypted with a key of its own."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Effect == "Deny"
    error_message = "Connections without TLS must be refused."
  }
}

run "in_production" {
  command = plan

  variables {
    environment = "production"
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "Production must not be emptied by its deletion."
  }
}
