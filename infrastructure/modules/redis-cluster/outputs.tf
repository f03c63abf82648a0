output "host" {
  description = "Where it is reached, over TLS."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "reader_host" {
  description = "Where it is read only."
  value       = aws_elasticache_replication_group.this.reader_endpoint_address
}

output "port" {
  description = "At which port."
  value       = aws_elasticache_replication_group.this.port
}

output "token" {
  description = "What a client sends as its password."
  value       = aws_elasticache_replication_group.this.auth_token
  sensitive   = true
}
