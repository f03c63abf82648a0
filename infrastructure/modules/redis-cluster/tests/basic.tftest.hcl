mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = { id = "vpc-1", cidr_block = "10.0.0.0/16" }
  }

  mock_data "aws_subnets" {
    defaults = { ids = ["subnet-1", "subnet-2"] }
  }
}

variables {
  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger" }
}

run "secure_by_default" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.at_rest_encryption_enabled
    error_message = "It must be encrypted."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled
    error_message = "Connections must be encrypted."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.automatic_failover_enabled
    error_message = "A node that fails must be replaced."
  }
}
