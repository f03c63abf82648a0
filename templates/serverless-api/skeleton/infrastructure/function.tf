resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${local.full_name}"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_iam_role" "function" {
  name = local.full_name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# What the code does, and nothing else.
resource "aws_iam_role_policy" "function" {
  name = "own-things"
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"]
        Resource = aws_dynamodb_table.this.arn
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = aws_ssm_parameter.flags.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.this.arn
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "traces" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116: whoever calls waits for the answer, so a failed request is the caller's to repeat
  #checkov:skip=CKV_AWS_117: it reaches DynamoDB, Systems Manager and the token issuer only, and nothing of a private network
  #checkov:skip=CKV_AWS_272: the pipeline builds what it deploys, in one job, with provenance
  function_name = local.full_name
  description   = "The API of ${var.name}"
  role          = aws_iam_role.function.arn
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  architectures = ["arm64"]

  filename         = var.archive
  source_code_hash = filebase64sha256(var.archive)
  # Each change is a version that never changes again; the alias says which is live.
  publish = true

  memory_size                    = var.memory_mb
  timeout                        = 15
  reserved_concurrent_executions = var.concurrency
  kms_key_arn                    = aws_kms_key.this.arn

  environment {
    variables = {
      APP_ENV                     = "production"
      AUTH_MODE                   = "jwt"
      AUTH_ISSUER                 = var.issuer
      AUTH_AUDIENCE               = var.audience
      AUTH_JWKS_URL               = var.keys_url
      TABLE_NAME                  = aws_dynamodb_table.this.name
      FLAGS_PARAMETER             = aws_ssm_parameter.flags.name
      OTEL_EXPORTER_OTLP_ENDPOINT = var.collector_url
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function.name
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "What callers get; CodeDeploy moves it"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    # CodeDeploy moves it to a new version, a part of the requests after the other.
    ignore_changes = [function_version, routing_config]
  }
}
