output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Where its API is reached, from inside the network."
  value       = aws_eks_cluster.this.endpoint
}

output "certificate_authority" {
  description = "By which its certificate is checked."
  value       = aws_eks_cluster.this.certificate_authority[0].data
}

output "oidc_issuer" {
  description = "Who signs the tokens of service accounts."
  value       = aws_eks_cluster.this.identity[0].oidc[0].issuer
}
