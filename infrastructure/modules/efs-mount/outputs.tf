output "file_system_id" {
  description = "Id of the file system."
  value       = aws_efs_file_system.this.id
}

output "host" {
  description = "Where it is mounted from."
  value       = aws_efs_file_system.this.dns_name
}

output "access_point_id" {
  description = "The access point to mount by."
  value       = aws_efs_access_point.this.id
}
