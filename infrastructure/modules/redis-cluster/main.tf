locals {
  full_name = "${var.name}-${var.environment}"
  family    = "${var.engine}${split(".", var.engine_version)[0]}"
}

data "aws_vpc" "this" {
  tags = { "waymark-network" = var.environment }
}

data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  tags = { "waymark-tier" = "private" }
}

resource "aws_kms_key" "this" {
  #checkov:skip=CKV2_AWS_64: the default policy lets the account's roles decide
  description             = "Encrypts cache ${local.full_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  tags                    = var.tags
}

resource "aws_security_group" "this" {
  name        = local.full_name
  description = "Who reaches ${local.full_name}"
  vpc_id      = data.aws_vpc.this.id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "network" {
  security_group_id = aws_security_group.this.id
  description       = "From inside the network of the environment"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = data.aws_vpc.this.cidr_block
  tags              = var.tags
}

data "aws_secretsmanager_random_password" "token" {
  password_length     = 40
  exclude_punctuation = true
}

resource "aws_elasticache_subnet_group" "this" {
  name       = local.full_name
  subnet_ids = data.aws_subnets.private.ids
  tags       = var.tags
}

resource "aws_elasticache_parameter_group" "this" {
  name        = local.full_name
  description = "For ${local.full_name}"
  family      = local.family
  tags        = var.tags

  parameter {
    name  = "maxmemory-policy"
    value = var.eviction
  }
}

resource "aws_elasticache_replication_group" "this" {
  #checkov:skip=CKV2_AWS_50: with a replica it is on; the form asks for one
  replication_group_id = local.full_name
  description          = "Cache ${local.full_name}"
  engine               = var.engine
  engine_version       = var.engine_version
  node_type            = var.size
  port                 = 6379

  num_cache_clusters         = 1 + var.replicas
  automatic_failover_enabled = var.replicas > 0
  multi_az_enabled           = var.replicas > 0

  subnet_group_name    = aws_elasticache_subnet_group.this.name
  security_group_ids   = [aws_security_group.this.id]
  parameter_group_name = aws_elasticache_parameter_group.this.name

  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.this.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = data.aws_secretsmanager_random_password.token.random_password

  snapshot_retention_limit   = var.backup_days
  auto_minor_version_upgrade = true
  tags                       = var.tags

  # Every plan would make another token; a new one is wanted only when it is asked for.
  lifecycle {
    ignore_changes = [auth_token]
  }
}
