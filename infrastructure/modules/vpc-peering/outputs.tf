output "peering_id" {
  description = "Id of the connection."
  value       = aws_vpc_peering_connection.this.id
}

output "state" {
  description = "Whether the other side accepted it."
  value       = aws_vpc_peering_connection.this.accept_status
}
