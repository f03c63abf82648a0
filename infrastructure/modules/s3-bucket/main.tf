locals {
  full_name  = "${var.name}-${var.environment}"
  own_key    = var.encryption == "own-key"
  production = var.environment == "production"
}

resource "aws_kms_key" "this" {
  #checkov:skip=CKV2_AWS_64: the default policy lets the account's roles decide
  count = local.own_key ? 1 : 0

  description             = "Encrypts bucket ${local.full_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  tags                    = var.tags
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_18: CloudTrail records who read what, for all buckets
  #checkov:skip=CKV_AWS_144: another region may not be one that the data may be in
  #checkov:skip=CKV2_AWS_62: whoever needs events of a bucket asks for them
  #checkov:skip=CKV2_AWS_6: the block is below; one resource for all four
  bucket        = "${local.full_name}-${var.bucket_suffix}"
  force_destroy = !local.production
  tags          = var.tags
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count  = var.encryption == "none" ? 0 : 1
  bucket = aws_s3_bucket.this.bucket

  rule {
    bucket_key_enabled = local.own_key

    apply_server_side_encryption_by_default {
      sse_algorithm     = local.own_key ? "aws:kms" : "AES256"
      kms_master_key_id = local.own_key ? aws_kms_key.this[0].arn : null
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.bucket

  block_public_acls       = var.public_access ? false : true
  block_public_policy     = var.public_access ? false : true
  ignore_public_acls      = var.public_access ? false : true
  restrict_public_buckets = var.public_access ? false : true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.bucket

  versioning_configuration {
    status = var.versioning ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket

  rule {
    id     = "tidy"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = var.keep_versions_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

# Names are put together here, and not taken from what AWS answers, so that the
# plan already says what the policy is.
resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.bucket

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:aws:s3:::${aws_s3_bucket.this.bucket}",
          "arn:aws:s3:::${aws_s3_bucket.this.bucket}/*",
        ]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      var.public_access ? [{
        Sid       = "EverybodyReads"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = ["arn:aws:s3:::${aws_s3_bucket.this.bucket}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "true" } }
      }] : [],
    )
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}
