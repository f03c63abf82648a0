locals {
  gateway  = ["AWS/ApiGateway", "ApiId", aws_apigatewayv2_api.this.id]
  function = ["AWS/Lambda", "FunctionName", aws_lambda_function.this.function_name]

  # The golden signals, from what callers see to what the function feels.
  panels = [
    { title = "Requests", metrics = [[local.gateway, "Count", "Sum", "requests"]] },
    { title = "Errors", metrics = [[local.gateway, "5xx", "Sum", "failed"], [local.gateway, "4xx", "Sum", "refused"]] },
    { title = "Latency in ms", metrics = [[local.gateway, "Latency", "p50", "half"], [local.gateway, "Latency", "p99", "99 of 100"]] },
    { title = "Time in the function in ms", metrics = [[local.function, "Duration", "p50", "half"], [local.function, "Duration", "p99", "99 of 100"]] },
    { title = "At the same time", metrics = [[local.function, "ConcurrentExecutions", "Maximum", "running"]] },
    { title = "Crashes and throttled requests", metrics = [[local.function, "Errors", "Sum", "crashed"], [local.function, "Throttles", "Sum", "throttled"]] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.full_name

  dashboard_body = jsonencode({
    widgets = [
      for index, panel in local.panels : {
        type   = "metric"
        x      = 12 * (index % 2)
        y      = 6 * floor(index / 2)
        width  = 12
        height = 6
        properties = {
          title  = panel.title
          region = data.aws_region.this.region
          period = 60
          metrics = [
            for metric in panel.metrics : [
              metric[0][0], metric[1], metric[0][1], metric[0][2], { stat = metric[2], label = metric[3] }
            ]
          ]
        }
      }
    ]
  })
}
