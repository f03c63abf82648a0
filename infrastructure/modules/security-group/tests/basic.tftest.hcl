mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = { id = "vpc-1", cidr_block = "10.0.0.0/16" }
  }
}

variables {
  name          = "orders"
  environment   = "staging"
  tags          = { owner = "group:default/ledger" }
  purpose       = "Orders are asked by the shop"
  allowed_cidrs = ["10.20.0.0/16"]
}

run "opens_one_port" {
  command = plan

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.allowed) == 1
    error_message = "One range must be let in."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.allowed["10.20.0.0/16"].from_port == 443
    error_message = "It must be let in at the port."
  }
}

run "wants_addresses" {
  command = plan

  variables {
    allowed_cidrs = ["everywhere"]
  }

  expect_failures = [var.allowed_cidrs]
}
