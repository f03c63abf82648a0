locals {
  full_name  = "${var.name}-${var.environment}"
  production = var.environment == "production"
  postgres   = var.engine == "aurora-postgresql"
  port       = local.postgres ? 5432 : 3306
  major      = split(".", var.engine_version)[0]
  family     = local.postgres ? "aurora-postgresql${local.major}" : "aurora-mysql8.0"
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
  description             = "Encrypts cluster ${local.full_name}"
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
  from_port         = local.port
  to_port           = local.port
  cidr_ipv4         = data.aws_vpc.this.cidr_block
  tags              = var.tags
}

resource "aws_db_subnet_group" "this" {
  name       = local.full_name
  subnet_ids = data.aws_subnets.private.ids
  tags       = var.tags
}

resource "aws_rds_cluster_parameter_group" "this" {
  name        = local.full_name
  description = "Refuses connections without encryption"
  family      = local.family
  tags        = var.tags

  parameter {
    name  = local.postgres ? "rds.force_ssl" : "require_secure_transport"
    value = local.postgres ? "1" : "ON"
  }
}

resource "aws_rds_cluster" "this" {
  #checkov:skip=CKV2_AWS_8: Aurora keeps backups by itself
  cluster_identifier = local.full_name
  engine             = var.engine
  engine_version     = var.engine_version
  storage_encrypted  = true
  kms_key_id         = aws_kms_key.this.arn

  database_name                       = replace(var.name, "-", "_")
  master_username                     = "administrator"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.this.key_id
  iam_database_authentication_enabled = true

  db_subnet_group_name            = aws_db_subnet_group.this.name
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name
  vpc_security_group_ids          = [aws_security_group.this.id]

  backup_retention_period         = var.backup_days
  copy_tags_to_snapshot           = true
  deletion_protection             = var.deletion_protection
  skip_final_snapshot             = !local.production
  final_snapshot_identifier       = local.production ? "${local.full_name}-final" : null
  enabled_cloudwatch_logs_exports = local.postgres ? ["postgresql"] : ["error", "slowquery"]
  tags                            = var.tags

  serverlessv2_scaling_configuration {
    min_capacity = var.min_capacity
    max_capacity = var.max_capacity
  }
}

resource "aws_rds_cluster_instance" "this" {
  #checkov:skip=CKV_AWS_118: Performance Insights shows what is needed, without a role of its own
  count = 1 + var.readers

  identifier           = "${local.full_name}-${count.index}"
  cluster_identifier   = aws_rds_cluster.this.id
  engine               = aws_rds_cluster.this.engine
  instance_class       = "db.serverless"
  db_subnet_group_name = aws_db_subnet_group.this.name
  publicly_accessible  = false

  auto_minor_version_upgrade      = true
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.this.arn
  tags                            = var.tags
}
