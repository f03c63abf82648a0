output "host" {
  description = "Where it is reached."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "At which port."
  value       = aws_db_instance.this.port
}

output "database" {
  description = "Name of the database."
  value       = aws_db_instance.this.db_name
}

output "user" {
  description = "Who owns it."
  value       = aws_db_instance.this.username
}

output "secret_arn" {
  description = "Where Secrets Manager keeps the password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}
