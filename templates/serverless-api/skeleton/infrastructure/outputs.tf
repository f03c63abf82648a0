output "url" {
  description = "Where the API answers."
  value       = aws_apigatewayv2_stage.this.invoke_url
}

output "function" {
  description = "The name of the function."
  value       = aws_lambda_function.this.function_name
}

output "version" {
  description = "The newest version; the alias may still be at the one before."
  value       = aws_lambda_function.this.version
}

output "topics" {
  description = "What alarms tell, by severity; whoever else wants to know can subscribe."
  value       = { for severity, topic in aws_sns_topic.alarms : severity => topic.arn }
}
