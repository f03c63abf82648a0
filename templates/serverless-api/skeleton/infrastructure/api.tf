locals {
  # The API document is the source of truth: what it does not have, has no route.
  document = yamldecode(file("${path.module}/../openapi.yaml"))
  methods  = ["get", "put", "post", "delete", "patch"]

  routes = toset(concat(["GET /openapi.yaml"], flatten([
    for path, operations in local.document.paths : [
      for method in keys(operations) : "${upper(method)} ${path}" if contains(local.methods, method)
    ]
  ])))
}

resource "aws_apigatewayv2_api" "this" {
  name                         = local.full_name
  description                  = "The API of ${var.name}"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = false
}

resource "aws_apigatewayv2_authorizer" "tokens" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "tokens"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.issuer
    audience = [var.audience]
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 16000
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.value
  target             = "integrations/${aws_apigatewayv2_integration.function.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.tokens.id
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/apigateway/${local.full_name}"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    # Neither query nor token: they may hold what no log should.
    format = jsonencode({
      request_id  = "$context.requestId"
      method      = "$context.httpMethod"
      route       = "$context.routeKey"
      status      = "$context.status"
      duration_ms = "$context.responseLatency"
      refused     = "$context.authorizer.error"
      error       = "$context.integrationErrorMessage"
    })
  }

  default_route_settings {
    detailed_metrics_enabled = true
    throttling_burst_limit   = 2 * var.rate
    throttling_rate_limit    = var.rate
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}
