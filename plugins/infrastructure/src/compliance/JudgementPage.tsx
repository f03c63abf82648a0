import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Judgement } from '@waymark/plugin-infrastructure-common';
import {
  dateText,
  EntityName,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { useParams } from 'react-router-dom';
import { RuleList } from '../decision/RuleList';
import { useJudgement } from '../live/guardrails';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Fact, Facts } from '../parts/Facts';
import { ParameterFacts } from '../parts/ParameterFacts';
import { StateMark } from '../parts/StateMark';
import { complianceRouteRef, resourceRouteRef } from '../routes';
import { complianceWords } from '../words/guardrails';
import { findings } from './complianceQuery';
import styles from './Compliance.module.css';

function Rules({ judgement }: { judgement: Judgement }) {
  const sorted = [...judgement.rules].sort(
    (one, other) =>
      findings.indexOf(one.finding) - findings.indexOf(other.finding),
  );
  return (
    <Panel title="What each rule found">
      <ul className={styles.rules}>
        {sorted.map(({ rule, title, finding, details }) => (
          <li key={rule}>
            <div className={styles.ruleHead}>
              <strong>{title}</strong>
              <StateMark words={complianceWords[finding]} />
              <span className={styles.field}>{rule}</span>
            </div>
            {details.length > 0 && (
              <div className={styles.found}>
                <RuleList rules={details} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function JudgementFacts({ judgement }: { judgement: Judgement }) {
  const resourceHref = useRouteRef(resourceRouteRef)?.({
    id: judgement.resource,
  });
  return (
    <Panel title="The judgement">
      <Facts>
        <Fact title="Resource">
          <Link href={resourceHref ?? ''}>{judgement.name}</Link>
        </Fact>
        <Fact title="Environment">{judgement.environment}</Fact>
        <Fact title="Owner">
          <EntityName entityRef={judgement.owner} />
        </Fact>
        {judgement.dataClass && (
          <Fact title="Data class">{judgement.dataClass}</Fact>
        )}
        <Fact title="Offering">
          {`${judgement.offering} ${judgement.offeringVersion ?? ''}`}
        </Fact>
        <Fact title="Found so from">{timeText(judgement.since)}</Fact>
        <Fact title={judgement.until ? 'Until' : 'Last looked at'}>
          {timeText(judgement.until ?? judgement.lookedAt)}
        </Fact>
        <Fact title="Policy revision">
          <span className={styles.hash}>{judgement.policyRevision}</span>
        </Fact>
        {judgement.exceptions.map(({ number, rule, until }) => (
          <Fact key={number} title={`Exception ${number}`}>
            {`from ${rule} until ${dateText(until, 'UTC')}`}
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}

/** What a resource was judged by, and all that was found. */
export function JudgementPage() {
  const { id = '' } = useParams();
  const live = useJudgement(id);
  const backHref = useRouteRef(complianceRouteRef)?.() ?? '';
  return (
    <DetailPage
      back={{ href: backHref, text: 'Compliance report' }}
      of="The judgement"
      live={live}
    >
      {judgement => (
        <>
          <DetailHead
            title={`Evidence: ${judgement.name}`}
            summary={`What was judged in ${judgement.environment}, and by what.`}
          />
          <div className={styles.columns}>
            <div className={styles.column}>
              <Rules judgement={judgement} />
            </div>
            <div className={styles.column}>
              <JudgementFacts judgement={judgement} />
              <Panel title="Configuration">
                <Facts>
                  <ParameterFacts parameters={judgement.parameters} />
                </Facts>
              </Panel>
              <Panel title="Tags">
                <Facts>
                  <ParameterFacts parameters={judgement.tags} />
                </Facts>
              </Panel>
              {judgement.plan && (
                <Panel
                  title="What is there"
                  lead="The state that was judged, secrets left out."
                >
                  <details>
                    <summary>Show it</summary>
                    <pre className={styles.state}>
                      {JSON.stringify(judgement.plan, null, 1)}
                    </pre>
                  </details>
                </Panel>
              )}
            </div>
          </div>
        </>
      )}
    </DetailPage>
  );
}
