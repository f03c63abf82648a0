output "security_group_id" {
  description = "Id to give to a workload."
  value       = aws_security_group.this.id
}
