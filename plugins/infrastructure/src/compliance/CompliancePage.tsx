import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Select } from '@backstage/ui';
import type {
  ComplianceFinding,
  ComplianceQuery,
  ComplianceReport,
} from '@waymark/plugin-infrastructure-common';
import {
  DayField,
  dayIn,
  EntityCombobox,
  figure,
  ListPage,
  Pages,
  TextFilter,
  timeText,
  useAddress,
} from '@waymark/plugin-parts-react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { useCompliance } from '../live/guardrails';
import { SaveButton } from '../parts/SaveButton';
import { StateMark } from '../parts/StateMark';
import { replayRouteRef } from '../routes';
import { complianceWords } from '../words/guardrails';
import { complianceQuery, findings, limit } from './complianceQuery';
import { ComplianceTable } from './ComplianceTable';
import styles from './Compliance.module.css';

const anyRule = { value: 'any', label: 'Any rule' };

/** How many of each finding there are; a press shows those alone. */
function Findings(props: {
  numbers: ComplianceReport['findings'];
  chosen?: ComplianceFinding;
  onChoose: (finding: ComplianceFinding | undefined) => void;
}) {
  const { numbers, chosen, onChoose } = props;
  return (
    <ul className={styles.findings} aria-label="Findings">
      {findings.map(finding => (
        <li key={finding}>
          <button
            type="button"
            className={styles.finding}
            aria-pressed={chosen === finding}
            onClick={() => onChoose(chosen === finding ? undefined : finding)}
          >
            <span className={styles.number}>{figure(numbers[finding])}</span>
            <StateMark words={complianceWords[finding]} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Report(props: {
  report: ComplianceReport;
  query: ComplianceQuery;
  change: ReturnType<typeof useAddress>['change'];
}) {
  const { report, query, change } = props;
  const api = useApi(guardrailsApiRef);
  const replayHref = useRouteRef(replayRouteRef)?.() ?? '';
  const chosen = query.finding?.[0];
  return (
    <>
      <div className={styles.head}>
        <p>
          {query.at
            ? `As of ${timeText(query.at)}. `
            : `As of now, ${timeText(report.at)}. `}
          <Link href={replayHref}>
            What today’s policy would say of past decisions
          </Link>
        </p>
        <SaveButton
          text="Download as CSV"
          file={{
            name: `compliance-${report.at.slice(0, 10)}.csv`,
            type: 'text/csv',
          }}
          read={() => api.getComplianceCsv({ ...query, at: report.at })}
        />
      </div>
      <Findings
        numbers={report.findings}
        chosen={chosen}
        onChoose={finding => change({ finding, offset: undefined })}
      />
      {report.total === 0 ? (
        <p>
          {query.at
            ? 'Nothing like that was recorded for that day.'
            : 'Nothing is like that. What is provisioned is judged within a minute.'}
        </p>
      ) : (
        <>
          <ComplianceTable rows={report.items} />
          <Pages
            of="the report"
            offset={query.offset ?? 0}
            limit={limit}
            total={report.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </>
  );
}

/** Every resource by every rule, now or as of a day. */
export function CompliancePage() {
  const { params, change } = useAddress();
  const query = complianceQuery(params);
  const live = useCompliance(query);
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value || undefined, offset: undefined });
  const rules = (live.value?.rules ?? []).map(({ rule, title }) => ({
    value: rule,
    label: title,
  }));
  return (
    <ListPage
      of="compliance report"
      lead="Every resource by every rule, from what was recorded when it was judged. Auditors and the platform team see all of it, teams what is theirs."
      live={live}
      filters={
        <>
          <DayField
            label="On"
            value={params.get('on') ?? ''}
            max={dayIn(0)}
            onChange={set('on')}
          />
          <Select
            label="Rule"
            options={[anyRule, ...rules]}
            value={query.rule ?? anyRule.value}
            onChange={key =>
              set('rule')(key === anyRule.value ? undefined : String(key))
            }
          />
          <TextFilter
            label="Environment"
            placeholder="any"
            value={query.environment ?? ''}
            onChange={set('environment')}
          />
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={query.owner}
            onChange={set('owner')}
          />
          <TextFilter
            label="Resource"
            placeholder="Its id"
            value={query.resource ?? ''}
            onChange={set('resource')}
          />
        </>
      }
    >
      {report => <Report report={report} query={query} change={change} />}
    </ListPage>
  );
}
