mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  # Whoever was asked has confirmed.
  mock_resource "aws_sns_topic_subscription" {
    override_during = plan
    defaults        = { pending_confirmation = false }
  }
}

variables {
  name         = "example"
  issuer       = "https://login.example.com"
  keys_url     = "https://login.example.com/keys"
  archive      = "../openapi.yaml"
  page_url     = "https://events.pagerduty.example.com/integration/enqueue"
  ticket_email = "team@example.com"
}

run "staging_has_its_own_flags" {
  command = plan

  variables {
    environment = "staging"
  }

  assert {
    condition     = jsondecode(nonsensitive(aws_ssm_parameter.flags.value)) == jsondecode(file("environments/staging.flags.json"))
    error_message = "The parameter must say what the file says."
  }

  assert {
    condition     = aws_ssm_parameter.flags.type == "SecureString"
    error_message = "It must be encrypted."
  }
}

run "production_has_its_own_flags" {
  command = plan

  variables {
    environment = "production"
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables.FLAGS_PARAMETER == "/example-production/flags"
    error_message = "The function must read the flags of its environment."
  }
}
