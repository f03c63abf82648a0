mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = { id = "vpc-1" }
  }

  mock_data "aws_route_tables" {
    defaults = { ids = ["rtb-1", "rtb-2"] }
  }
}

variables {
  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger" }
  peer_vpc_id = "vpc-0123456789abcdef0"
  peer_cidr   = "10.30.0.0/16"
}

run "joins_within_the_account" {
  command = plan

  assert {
    condition     = aws_vpc_peering_connection.this.auto_accept
    error_message = "A network of the same account must be joined at once."
  }

  assert {
    condition     = length(aws_route.to_peer) == 2
    error_message = "Every private route table must know the way."
  }
}

run "waits_for_another_account" {
  command = plan

  variables {
    peer_account = "111122223333"
  }

  assert {
    condition     = !aws_vpc_peering_connection.this.auto_accept
    error_message = "Another account must accept it."
  }
}
