locals {
  # Of a hundred requests, 99.5 do not fail, over 30 days. Somebody is woken when the
  # rest is used up in two days, or in five; ten days, or all of the thirty, are work
  # for the day.
  budget = 0.005

  burn = {
    fast   = { factor = 14.4, long = 1 * local.hour, short = local.hour / 12, tells = "page" }
    slow   = { factor = 6, long = 6 * local.hour, short = local.hour / 2, tells = "page" }
    slower = { factor = 3, long = 24 * local.hour, short = 2 * local.hour, tells = "ticket" }
    steady = { factor = 1, long = 72 * local.hour, short = 6 * local.hour, tells = "ticket" }
  }

  hour = 3600

  # The long window says that it matters, the short one that it has not ended.
  windows = merge([
    for name, burn in local.burn : {
      "${name}-long"  = { seconds = burn.long, threshold = burn.factor * local.budget }
      "${name}-short" = { seconds = burn.short, threshold = burn.factor * local.budget }
    }
  ]...)

  # A handful of requests is no reason to wake anybody.
  least_requests = 20
}

resource "aws_cloudwatch_metric_alarm" "window" {
  for_each = local.windows

  alarm_name          = "${local.full_name}-${each.key}"
  alarm_description   = "A part of ${local.full_name}-budget-${split("-", each.key)[0]}"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "ratio"
    expression  = "IF(requests > ${local.least_requests}, failed / requests, 0)"
    label       = "Share of requests that failed"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "5xx", requests = "Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        period      = each.value.seconds
        stat        = "Sum"
        dimensions  = { ApiId = aws_apigatewayv2_api.this.id }
      }
    }
  }
}

# What callers feel wakes somebody, by the budget. All that is below is a reason for it,
# or will be one: a ticket.
resource "aws_cloudwatch_composite_alarm" "budget" {
  for_each = local.burn

  alarm_name        = "${local.full_name}-budget-${each.key}"
  alarm_description = "Requests fail, and the budget of errors burns ${each.value.factor} times too fast. Runbook: ${local.runbook}#requests-fail"
  alarm_rule        = join(" AND ", [for window in ["long", "short"] : "ALARM(${aws_cloudwatch_metric_alarm.window["${each.key}-${window}"].alarm_name})"])
  alarm_actions     = [aws_sns_topic.alarms[each.value.tells].arn]
  ok_actions        = [aws_sns_topic.alarms[each.value.tells].arn]
}

# New versions are judged by this one and the next, within the minutes in which they
# get a part of the requests.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${local.full_name}-errors"
  alarm_description   = "Stops a deployment: requests fail. Runbook: ${local.runbook}#requests-fail"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.01
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "ratio"
    expression  = "IF(requests > ${local.least_requests}, failed / requests, 0)"
    label       = "Share of requests that failed"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "5xx", requests = "Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        period      = 60
        stat        = "Sum"
        dimensions  = { ApiId = aws_apigatewayv2_api.this.id }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "crashes" {
  alarm_name          = "${local.full_name}-crashes"
  alarm_description   = "The function ends without an answer. Runbook: ${local.runbook}#the-function-crashes"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms["ticket"].arn]
  ok_actions          = [aws_sns_topic.alarms["ticket"].arn]

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
    Resource     = "${aws_lambda_function.this.function_name}:${aws_lambda_alias.live.name}"
  }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "${local.full_name}-slow"
  alarm_description   = "One request in a hundred takes longer than half a second. Runbook: ${local.runbook}#requests-are-slow"
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  extended_statistic  = "p99"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 500
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  # One slow start among few requests is one in a hundred of them.
  evaluate_low_sample_count_percentiles = "ignore"
  alarm_actions                         = [aws_sns_topic.alarms["ticket"].arn]
  ok_actions                            = [aws_sns_topic.alarms["ticket"].arn]
  dimensions                            = { ApiId = aws_apigatewayv2_api.this.id }
}

resource "aws_cloudwatch_metric_alarm" "throttled" {
  alarm_name          = "${local.full_name}-throttled"
  alarm_description   = "More requests at the same time than the function may run. Runbook: ${local.runbook}#requests-are-throttled"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms["ticket"].arn]
  ok_actions          = [aws_sns_topic.alarms["ticket"].arn]
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
}
