provider "aws" {
  region = "eu-central-1"
}

module "example" {
  source = "../.."

  name          = "orders"
  environment   = "staging"
  tags          = { owner = "group:default/ledger", environment = "staging" }
  purpose       = "Orders are asked by the shop"
  allowed_cidrs = ["10.20.0.0/16"]
}
