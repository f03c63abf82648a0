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
