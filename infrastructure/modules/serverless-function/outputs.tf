output "function_name" {
  description = "Name to call it by."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "Its ARN, for grants."
  value       = aws_lambda_function.this.arn
}

output "role_arn" {
  description = "Its role; give it what the code needs."
  value       = aws_iam_role.this.arn
}

output "log_group" {
  description = "Where it writes its log."
  value       = aws_cloudwatch_log_group.this.name
}
