# Who is told: of a page whoever is on call, at once, and of a ticket the team.
resource "aws_sns_topic" "alarms" {
  for_each = toset(["page", "ticket"])

  name              = "${local.full_name}-${each.key}"
  kms_master_key_id = aws_kms_key.this.arn
}

resource "aws_sns_topic_policy" "alarms" {
  for_each = aws_sns_topic.alarms

  arn = each.value.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsTell"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = each.value.arn
      Condition = {
        ArnLike = {
          "aws:SourceArn" = "arn:aws:cloudwatch:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:alarm:${local.full_name}-*"
        }
      }
    }]
  })
}

resource "aws_sns_topic_subscription" "page" {
  count = var.page_url == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms["page"].arn
  protocol  = "https"
  endpoint  = var.page_url
  # PagerDuty and Jira Service Management answer the question that SNS asks first.
  endpoint_auto_confirms = true
}

resource "aws_sns_topic_subscription" "ticket" {
  count = var.ticket_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms["ticket"].arn
  protocol  = "email"
  endpoint  = var.ticket_email
}

# Production is refused without both, by the variables themselves. Elsewhere nobody
# has to be told, but somebody should know that.
check "alarms_reach_somebody" {
  assert {
    condition     = var.page_url != ""
    error_message = "Nobody is paged by the alarms of ${local.full_name}: page_url is not set. See docs/on-call.md."
  }

  assert {
    condition     = var.ticket_email != ""
    error_message = "Nobody gets the tickets of ${local.full_name}: ticket_email is not set. See docs/on-call.md."
  }

  assert {
    condition     = alltrue([for subscription in aws_sns_topic_subscription.ticket : !subscription.pending_confirmation])
    error_message = "Nobody gets the tickets of ${local.full_name} yet: ${var.ticket_email} has to confirm the e-mail that SNS sent."
  }
}
