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
    condition     = aws_efs_file_system.this.encrypted
    error_message = "It must be encrypted."
  }

  assert {
    condition     = aws_efs_backup_policy.this.backup_policy[0].status == "ENABLED"
    error_message = "It must have backups."
  }

  assert {
    condition     = jsondecode(aws_efs_file_system_policy.this.policy).Statement[0].Effect == "Deny"
    error_message = "Connections without TLS must be refused."
  }
}
