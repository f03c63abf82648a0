# Which flags are on. The function reads it while it runs, so turning one needs no new
# version: docs/flags.md.
locals {
  flags = jsondecode(file("${path.module}/environments/${var.environment}.flags.json"))
}

resource "aws_ssm_parameter" "flags" {
  name        = "/${local.full_name}/flags"
  description = "Which flags of ${var.name} are on, in the format of flagd"
  type        = "SecureString"
  key_id      = aws_kms_key.this.arn
  # Without what makes a file easy to read: a parameter holds 4 KB.
  value = jsonencode(local.flags)

  lifecycle {
    # A variant that is not there would leave what the flag was before.
    precondition {
      condition = alltrue([
        for flag in values(local.flags.flags) : try(contains(keys(flag.variants), flag.defaultVariant), false)
      ])
      error_message = "Each flag must name one of its variants as defaultVariant."
    }
  }
}
