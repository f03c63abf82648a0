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
    condition     = aws_rds_cluster.this.storage_encrypted
    error_message = "It must be encrypted."
  }

  assert {
    condition     = alltrue([for one in aws_rds_cluster_instance.this : !one.publicly_accessible])
    error_message = "No instance must be public."
  }

  assert {
    condition     = aws_rds_cluster.this.deletion_protection
    error_message = "It must be protected from deletion."
  }

  assert {
    condition     = length(aws_rds_cluster_instance.this) == 2
    error_message = "There must be a writer and a reader."
  }
}

run "in_production" {
  command = plan

  variables {
    environment = "production"
  }

  assert {
    condition     = !aws_rds_cluster.this.skip_final_snapshot
    error_message = "Production must leave a last snapshot."
  }
}
