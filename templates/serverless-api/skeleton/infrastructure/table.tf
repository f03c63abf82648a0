resource "aws_dynamodb_table" "this" {
  name         = local.full_name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "collection"
  range_key    = "key"

  deletion_protection_enabled = true

  attribute {
    name = "collection"
    type = "S"
  }

  attribute {
    name = "key"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this.arn
  }
}
