locals {
  full_name = "${var.name}-${var.environment}"
}

data "aws_vpc" "this" {
  tags = { "waymark-network" = var.environment }
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5: whoever runs a workload attaches it
  name        = local.full_name
  description = var.purpose
  vpc_id      = data.aws_vpc.this.id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "allowed" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.this.id
  description       = var.purpose
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_ipv4         = each.value
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "network" {
  security_group_id = aws_security_group.this.id
  description       = "Into the network of the environment"
  ip_protocol       = "-1"
  cidr_ipv4         = data.aws_vpc.this.cidr_block
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "HTTPS to services outside"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.tags
}
