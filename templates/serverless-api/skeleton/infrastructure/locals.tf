data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  full_name = "${var.name}-${var.environment}"
  runbook   = "${var.portal_url}/docs/default/component/${var.name}/operations/"
}
