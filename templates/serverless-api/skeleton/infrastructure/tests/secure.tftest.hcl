# terraform test: a played AWS, no account and no credentials.
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
  name        = "example"
  environment = "staging"
  issuer      = "https://login.staging.example.com"
  keys_url    = "https://login.staging.example.com/keys"
  # Any file will do for a plan.
  archive      = "../openapi.yaml"
  page_url     = "https://events.pagerduty.example.com/integration/enqueue"
  ticket_email = "team@example.com"
}

run "every_operation_has_a_route_and_wants_a_token" {
  command = plan

  assert {
    condition = toset(keys(aws_apigatewayv2_route.this)) == toset([
      "GET /openapi.yaml", "GET /v1/entries", "POST /v1/entries", "GET /v1/entries/{key}", "DELETE /v1/entries/{key}",
    ])
    error_message = "Routes must be those of openapi.yaml, and that of itself."
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.this : route.authorization_type == "JWT"])
    error_message = "No route may be open."
  }
}

run "keeps_logs_and_traces" {
  command = plan

  assert {
    condition = alltrue([
      for group in [aws_cloudwatch_log_group.function, aws_cloudwatch_log_group.api] : group.retention_in_days == 365
    ])
    error_message = "Logs must be kept for a year, and not for ever."
  }

  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active"
    error_message = "It must be traced."
  }
}

run "goes_over_gradually_and_back_by_itself" {
  command = plan

  assert {
    condition     = aws_codedeploy_deployment_group.this.deployment_config_name == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    error_message = "A new version must not get all requests at once."
  }

  assert {
    condition     = aws_codedeploy_deployment_group.this.alarm_configuration[0].enabled && length(aws_codedeploy_deployment_group.this.alarm_configuration[0].alarms) == 2
    error_message = "Alarms must be able to stop a deployment."
  }

  assert {
    condition     = aws_lambda_function.this.publish
    error_message = "Each change must be a version."
  }
}

run "an_issuer_without_tls_is_refused" {
  command = plan

  variables {
    issuer = "http://login.staging.example.com"
  }

  expect_failures = [var.issuer]
}
