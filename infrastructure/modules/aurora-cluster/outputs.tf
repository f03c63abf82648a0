output "host" {
  description = "Where it is written and read."
  value       = aws_rds_cluster.this.endpoint
}

output "reader_host" {
  description = "Where it is read only."
  value       = aws_rds_cluster.this.reader_endpoint
}

output "port" {
  description = "At which port."
  value       = aws_rds_cluster.this.port
}

output "database" {
  description = "Name of the database."
  value       = aws_rds_cluster.this.database_name
}

output "user" {
  description = "Who owns it."
  value       = aws_rds_cluster.this.master_username
}

output "secret_arn" {
  description = "Where Secrets Manager keeps the password."
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}
