provider "aws" {
  region = "eu-central-1"
}

module "example" {
  source = "../.."

  name        = "orders"
  environment = "staging"
  tags        = { owner = "group:default/ledger", environment = "staging" }
  code_bucket = "code-of-ledger"
  code_key    = "orders/1.0.0.zip"
}
