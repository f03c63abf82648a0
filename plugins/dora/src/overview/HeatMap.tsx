import {
  type Metric,
  type MetricsGroup,
  valueText,
} from '@waymark/plugin-dora-common';
import { Link, VisuallyHidden } from '@backstage/ui';
import { metricIds, metricWords } from '../words/metrics';
import { bandWords, sampleText } from '../words/statements';
import styles from './HeatMap.module.css';

function toneOf(metric: Metric): string {
  if (metric.state !== 'measured') return metric.state;
  return metric.band ? bandWords(metric.band, metric.unit).tone : 'unjudged';
}

function judgement(metric: Metric): string {
  if (metric.state === 'none') return 'no data';
  if (metric.state === 'insufficient') return 'too little';
  return metric.band ? bandWords(metric.band, metric.unit).text : '';
}

function Cell(props: { metric: Metric; href: string; of: string }) {
  const { metric, href, of } = props;
  const known = metric.state !== 'none' && metric.value !== null;
  return (
    <Link
      href={href}
      className={styles.cell}
      data-tone={toneOf(metric)}
      title={known ? sampleText(metric.id, metric) : undefined}
    >
      <VisuallyHidden>{`${
        metricWords[metric.id].title
      } of ${of}: `}</VisuallyHidden>
      <span className={styles.value}>
        {known && metric.value !== null
          ? valueText(metric.unit, metric.value)
          : '–'}
      </span>
      <span className={styles.judgement}>{judgement(metric)}</span>
    </Link>
  );
}

/** Parts of the organisation by metrics; each field leads to what it was made of. */
export function HeatMap(props: {
  label: string;
  groups: MetricsGroup[];
  scopeHref: (entityRef: string) => string;
  explainHref: (metric: string, entityRef: string) => string;
}) {
  const { label, groups, scopeHref, explainHref } = props;
  return (
    <div className={styles.frame}>
      <div role="table" aria-label={label} className={styles.map}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" className={styles.row}>
            <div role="columnheader" className={styles.heading}>
              Who
            </div>
            {metricIds.map(id => (
              <div key={id} role="columnheader" className={styles.heading}>
                {metricWords[id].short}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body}>
          {groups.map(group => (
            <div key={group.key} role="row" className={styles.row}>
              <div role="rowheader" className={styles.who}>
                <Link href={scopeHref(group.key)}>{group.title}</Link>
              </div>
              {metricIds.map(id => (
                <div
                  key={id}
                  role="cell"
                  className={styles.field}
                  data-title={metricWords[id].short}
                >
                  <Cell
                    metric={group.metrics[id]}
                    href={explainHref(id, group.key)}
                    of={group.title}
                  />
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
