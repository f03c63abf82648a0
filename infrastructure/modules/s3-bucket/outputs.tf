output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.bucket
}

output "arn" {
  description = "Its ARN, for grants."
  value       = aws_s3_bucket.this.arn
}

output "key_arn" {
  description = "ARN of the key, with a key of its own."
  value       = local.own_key ? aws_kms_key.this[0].arn : null
}
