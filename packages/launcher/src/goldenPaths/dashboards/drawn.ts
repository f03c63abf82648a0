import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** What one chart shows. */
export type Chart = {
  title: string;
  about: string;
  /** As Grafana names it. */
  unit: 'bytes' | 'd' | 'percentunit' | 'reqps' | 's' | 'short';
  /** Whether its axis goes below 0, since what it shows does. */
  isSigned?: boolean;
  /** What is too much, or too little, drawn as a dashed line. */
  limit?: number;
  /** PromQL, and what stands for its series in the legend. */
  queries: [promql: string, legend: string][];
};

/** What a dashboard shows. */
export type Board = {
  about: string;
  tags: string[];
  /** How far back it looks at first, such as `6h`. */
  span: string;
  charts: Chart[];
};

/** Grafana puts in what was chosen above the charts. */
const datasource = { type: 'prometheus', uid: '${datasource}' };

/** Two beside each other. */
const size = { height: 8, width: 12 };

function drawChart(chart: Chart): PanelBuilder {
  const panel = new PanelBuilder()
    .title(chart.title)
    .description(chart.about)
    .datasource(datasource)
    .height(size.height)
    .span(size.width)
    .unit(chart.unit)
    .fillOpacity(8)
    .lineWidth(2)
    .showPoints(VisibilityMode.Never)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .tooltip(
      new VizTooltipOptionsBuilder()
        .mode(TooltipDisplayMode.Multi)
        .sort(SortOrder.Descending),
    );
  if (!chart.isSigned) panel.min(0);
  if (chart.limit !== undefined) {
    panel
      .thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(
          GraphThresholdsStyleMode.Dashed,
        ),
      )
      .thresholds(
        new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
          { value: null, color: 'green' },
          { value: chart.limit, color: 'red' },
        ]),
      );
  }
  chart.queries.forEach(([promql, legend], index) =>
    panel.withTarget(
      new DataqueryBuilder()
        .refId('ABC'[index])
        .expr(promql)
        .legendFormat(legend)
        .datasource(datasource),
    ),
  );
  return panel;
}

/**
 * The dashboard of a repository, for Grafana. Names are left to the template:
 * what it knows stands in its own brackets.
 */
export function drawDashboard({ about, tags, span, charts }: Board): Dashboard {
  const dashboard = new DashboardBuilder('${{ values.name }}')
    // No longer than what Grafana takes for an id.
    .uid("${{ values.name | truncate(40, true, '') }}")
    .description(about)
    .tags(tags)
    .version(1)
    .timezone('browser')
    .refresh('1m')
    .time({ from: `now-${span}`, to: 'now' })
    .withVariable(
      new DatasourceVariableBuilder('datasource')
        .label('Prometheus')
        .type('prometheus'),
    );
  charts.forEach((chart, index) =>
    dashboard.withPanel(drawChart(chart).id(index + 1)),
  );
  return dashboard.build();
}
