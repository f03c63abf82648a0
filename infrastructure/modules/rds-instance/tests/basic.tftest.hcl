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
    condition     = aws_db_instance.this.storage_encrypted
    error_message = "It must be encrypted."
  }

  assert {
    condition     = !aws_db_instance.this.publicly_accessible
    error_message = "It must not be public."
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection
    error_message = "It must be protected from deletion."
  }

  assert {
    condition     = one(aws_db_parameter_group.this.parameter).name == "rds.force_ssl"
    error_message = "Connections without TLS must be refused."
  }
}

run "in_production" {
  command = plan

  variables {
    environment = "production"
  }

  assert {
    condition     = !aws_db_instance.this.skip_final_snapshot
    error_message = "Production must leave a last snapshot."
  }
}
