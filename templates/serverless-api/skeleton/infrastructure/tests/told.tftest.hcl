# Who is told of what. A played AWS that names what it makes, so that the plan knows
# which topic an alarm tells.
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

override_resource {
  target          = aws_sns_topic.alarms["page"]
  override_during = plan
  values          = { arn = "arn:aws:sns:eu-central-1:111122223333:example-production-page" }
}

override_resource {
  target          = aws_sns_topic.alarms["ticket"]
  override_during = plan
  values          = { arn = "arn:aws:sns:eu-central-1:111122223333:example-production-ticket" }
}

variables {
  name        = "example"
  environment = "production"
  issuer      = "https://login.production.example.com"
  keys_url    = "https://login.production.example.com/keys"
  # Any file will do for a plan.
  archive      = "../openapi.yaml"
  page_url     = "https://events.pagerduty.example.com/integration/enqueue"
  ticket_email = "team@example.com"
}

run "tells_when_the_budget_burns" {
  command = plan

  assert {
    condition = {
      for name, alarm in aws_cloudwatch_composite_alarm.budget : name => one(alarm.alarm_actions)
      } == {
      fast   = aws_sns_topic.alarms["page"].arn
      slow   = aws_sns_topic.alarms["page"].arn
      slower = aws_sns_topic.alarms["ticket"].arn
      steady = aws_sns_topic.alarms["ticket"].arn
    }
    error_message = "What burns fast must wake somebody, and what burns slowly must not."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_composite_alarm.budget : alarm.ok_actions == alarm.alarm_actions])
    error_message = "Whoever heard that it began must hear that it ended."
  }

  assert {
    condition     = aws_cloudwatch_composite_alarm.budget["fast"].alarm_rule == "ALARM(example-production-fast-long) AND ALARM(example-production-fast-short)"
    error_message = "A long window and a short one must both say so."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_composite_alarm.budget : strcontains(alarm.alarm_description, "/operations/#requests-fail")])
    error_message = "Whoever is told must find the runbook."
  }
}

run "looks_as_far_back_as_it_says" {
  command = plan

  assert {
    condition = {
      for name, alarm in aws_cloudwatch_metric_alarm.window : name => {
        hours     = one(flatten([for query in alarm.metric_query : query.metric[*].period if query.id == "failed"])) / 3600
        threshold = alarm.threshold
      }
      } == {
      fast-long    = { hours = 1, threshold = 0.072 }
      fast-short   = { hours = 1 / 12, threshold = 0.072 }
      slow-long    = { hours = 6, threshold = 0.03 }
      slow-short   = { hours = 0.5, threshold = 0.03 }
      slower-long  = { hours = 24, threshold = 0.015 }
      slower-short = { hours = 2, threshold = 0.015 }
      steady-long  = { hours = 72, threshold = 0.005 }
      steady-short = { hours = 6, threshold = 0.005 }
    }
    error_message = "Windows and thresholds must be those of the objective."
  }

  # CloudWatch takes a week at most, and a day only where a period is below an hour.
  assert {
    condition = alltrue(flatten([
      for alarm in aws_cloudwatch_metric_alarm.window : [
        for query in alarm.metric_query : [
          for metric in query.metric : metric.period * alarm.evaluation_periods <= (metric.period < 3600 ? 86400 : 604800)
        ]
      ]
    ]))
    error_message = "CloudWatch refuses to look so far back."
  }
}

run "reasons_are_tickets" {
  command = plan

  assert {
    condition = alltrue([
      for alarm in [
        aws_cloudwatch_metric_alarm.crashes,
        aws_cloudwatch_metric_alarm.slow,
        aws_cloudwatch_metric_alarm.throttled,
      ] : one(alarm.alarm_actions) == aws_sns_topic.alarms["ticket"].arn
    ])
    error_message = "The team must hear of what will hurt callers."
  }
}

run "pages_and_tickets_go_to_others" {
  command = plan

  assert {
    condition     = nonsensitive(aws_sns_topic_subscription.page[0].endpoint == var.page_url) && aws_sns_topic_subscription.page[0].protocol == "https"
    error_message = "Pages must go to whoever is on call."
  }

  assert {
    condition     = aws_sns_topic_subscription.page[0].topic_arn == aws_sns_topic.alarms["page"].arn
    error_message = "Whoever is on call must get pages, and nothing else."
  }

  assert {
    condition     = aws_sns_topic_subscription.ticket[0].endpoint == "team@example.com" && aws_sns_topic_subscription.ticket[0].topic_arn == aws_sns_topic.alarms["ticket"].arn
    error_message = "The team must get its tickets."
  }

  assert {
    condition = alltrue([
      for policy in aws_sns_topic_policy.alarms :
      jsondecode(policy.policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:example-production-*"
    ])
    error_message = "Alarms of this service must be able to tell, and no others."
  }

  assert {
    condition = contains([
      for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Principal.Service if can(statement.Principal.Service)
    ], "cloudwatch.amazonaws.com")
    error_message = "Alarms must be able to use the key of the topics, or they tell nobody."
  }
}

run "production_without_anybody_is_refused" {
  command = plan

  variables {
    page_url     = ""
    ticket_email = ""
  }

  expect_failures = [var.page_url, var.ticket_email]
}

run "staging_without_anybody_says_so" {
  command = plan

  variables {
    environment  = "staging"
    page_url     = ""
    ticket_email = ""
  }

  expect_failures = [check.alarms_reach_somebody]
}

run "an_address_that_nobody_confirmed_is_told" {
  command = plan

  override_resource {
    target          = aws_sns_topic_subscription.ticket
    override_during = plan
    values          = { pending_confirmation = true }
  }

  expect_failures = [check.alarms_reach_somebody]
}

run "a_page_without_tls_is_refused" {
  command = plan

  variables {
    page_url = "http://events.pagerduty.example.com/integration/enqueue"
  }

  expect_failures = [var.page_url]
}
