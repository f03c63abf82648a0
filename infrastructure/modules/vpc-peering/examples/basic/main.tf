provider "aws" {
  region = "eu-central-1"
}

module "example" {
  source = "../.."

  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger", environment = "staging" }
  peer_vpc_id = "vpc-0123456789abcdef0"
  peer_cidr   = "10.30.0.0/16"
}
