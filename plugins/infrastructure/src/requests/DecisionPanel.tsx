import type {
  Affected,
  Decision,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { DataTable, EntityName, Panel } from '@waymark/plugin-parts-react';
import { AllowanceBars } from '../decision/AllowanceBars';
import { EstimateView } from '../decision/EstimateView';
import { RuleList } from '../decision/RuleList';
import { AskException } from '../exceptions/AskException';
import { moneyChange } from '../words/money';
import styles from './Request.module.css';

const verdicts: Record<Decision['verdict'], string> = {
  allow: 'Allowed by rule: nobody has to approve it.',
  approval: 'People have to approve it.',
  deny: 'Denied.',
};

/** Why it may go on, has to be approved, or is denied. */
export function DecisionPanel(props: { request: RequestDetail }) {
  const { id, decision, may, resourceName, state } = props.request;
  if (!decision) {
    return (
      <Panel title="Decision">
        <p className={styles.none}>Nothing is decided yet.</p>
      </Panel>
    );
  }
  const { verdict, rules, policyRevision, estimate, costChange } = decision;
  // Of what was decided otherwise nothing has to be let be.
  const mayAsk = state === 'denied' && may.askException;
  return (
    <>
      <Panel title="Decision" lead={verdicts[verdict]}>
        <RuleList
          rules={rules}
          actionFor={finding =>
            mayAsk && (
              <AskException
                finding={finding}
                about={{ request: id }}
                name={resourceName}
              />
            )
          }
        />
        <p className={styles.note}>
          By revision <span className={styles.hash}>{policyRevision}</span> of
          the policies.
        </p>
      </Panel>
      <Panel
        title="What it costs"
        lead={
          costChange && `Against before: ${moneyChange(costChange)} a month`
        }
      >
        <EstimateView estimate={estimate} />
      </Panel>
      <Panel title="Quota and budget">
        <AllowanceBars quota={decision.quota} budget={decision.budget} />
      </Panel>
    </>
  );
}

/** What would feel it, whose that is, and where their people are called. */
export function BlastRadius(props: {
  affected: Affected[];
  /** Absent where nothing was looked for, or it was not written down how far. */
  reach: Decision['reach'];
  kind: RequestDetail['kind'];
}) {
  const { affected, reach, kind } = props;
  const isNew = kind === 'create' || kind === 'import';
  return (
    <Panel
      title="Blast radius"
      lead="What depends on what is changed, replaced or deleted."
    >
      {affected.length === 0 ? (
        <p className={styles.none}>
          {isNew
            ? 'It is new to the catalog: nothing there depends on it yet.'
            : 'Nothing in the catalog depends on it.'}
        </p>
      ) : (
        <DataTable
          label="What would feel it"
          rows={affected}
          keyOf={({ entityRef }) => entityRef}
          columns={[
            {
              title: 'What',
              render: ({ entityRef, through }) => (
                <>
                  <EntityName entityRef={entityRef} />
                  {through && (
                    <>
                      {' through '}
                      <EntityName entityRef={through} />
                    </>
                  )}
                </>
              ),
            },
            {
              title: 'Owner',
              render: ({ owner }) => <EntityName entityRef={owner} />,
            },
            {
              title: 'On call',
              render: ({ onCall }) => onCall ?? 'the catalog does not say',
            },
          ]}
        />
      )}
      {reach && affected.length > 0 && (
        <p className={styles.none}>
          {reach.isWhole
            ? 'The catalog has nothing further away.'
            : `Looked for up to ${reach.steps} steps away: there is more beyond.`}
        </p>
      )}
    </Panel>
  );
}
