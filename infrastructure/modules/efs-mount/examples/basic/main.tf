provider "aws" {
  region = "eu-central-1"
}

module "example" {
  source = "../.."

  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger", environment = "staging" }
}
