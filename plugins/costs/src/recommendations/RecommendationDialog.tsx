import { Link } from '@backstage/ui';
import type {
  RecommendationDetail,
  RecommendationEvidence,
} from '@waymark/plugin-costs-common';
import {
  DataTable,
  dateText,
  EntityName,
  Mark,
  type Column,
} from '@waymark/plugin-parts-react';
import { useRecommendation } from '../live/questions';
import { cents, money, quantityText } from '../money/words';
import { DetailDialog } from '../parts/DetailDialog';
import { JudgeForm } from './JudgeForm';
import {
  effortWords,
  kindWords,
  linkWords,
  outcomeWords,
  rangeText,
  stateWords,
} from './words';
import styles from './Recommendations.module.css';

const evidenceColumns = (
  currency: string,
): Column<RecommendationEvidence>[] => [
  {
    title: 'What is charged',
    render: ({ resourceName, sku, service, environment }) => (
      <span className={styles.name}>
        <span>{resourceName}</span>
        <span className={styles.small}>
          {[sku ?? service, environment].filter(Boolean).join(' · ')}
        </span>
      </span>
    ),
  },
  {
    title: 'Used in 30 days',
    isFigure: true,
    render: ({ quantity: [now], unit }) =>
      `${quantityText(String(now))} ${unit ?? ''}`,
  },
  {
    title: 'The 30 before',
    isFigure: true,
    render: ({ quantity: [, before] }) => quantityText(String(before)),
  },
  { title: 'Days', isFigure: true, render: ({ days }) => String(days) },
  {
    title: 'Cost',
    isFigure: true,
    render: ({ cost }) => cents(cost, currency),
  },
];

function Outcome({ recommendation }: { recommendation: RecommendationDetail }) {
  const { outcome, currency } = recommendation;
  if (!outcome) return null;
  const { result, before, now, saved, through } = outcome;
  return (
    <p className={styles.text}>
      {`${outcomeWords[result]}: ${money(
        before,
        currency,
      )} a month before, ${money(now, currency)} since, a difference of ${money(
        saved,
        currency,
      )}. From the bills up to ${dateText(through, 'UTC')}.`}
    </p>
  );
}

function Said({ recommendation }: { recommendation: RecommendationDetail }) {
  const { judgedBy, judgedAt, reason, state } = recommendation;
  if (!judgedBy || !judgedAt || state === 'open') return null;
  return (
    <p className={styles.text}>
      {reason ? `“${reason}” ` : ''}
      <EntityName entityRef={judgedBy} />
      {`, ${dateText(judgedAt)}.${
        state === 'accepted'
          ? ' What comes of it is read from the bills once 14 days since are billed.'
          : ''
      }`}
    </p>
  );
}

function Detail(props: {
  recommendation: RecommendationDetail;
  onChanged: () => void;
}) {
  const { recommendation, onChanged } = props;
  const { state, kind, why, withheld, link, low, high, cost, currency } =
    recommendation;
  const { groupRef, effort, from, to, evidence, mayJudge } = recommendation;
  return (
    <div className={styles.stack}>
      <p className={styles.facts}>
        <Mark {...stateWords[state]} />
        <span>{kindWords[kind].text}</span>
        <span>
          {groupRef ? <EntityName entityRef={groupRef} /> : 'Owned by nobody'}
        </span>
        <span>{effortWords[effort]}</span>
      </p>
      <p className={styles.text}>{why}</p>
      <p className={styles.text}>
        {`It could save ${rangeText(low, high, currency)} a month of ${money(
          cost,
          currency,
        )}, effective cost of ${dateText(from, 'UTC')} to ${dateText(
          to,
          'UTC',
        )}.`}
      </p>
      {withheld && <p className={styles.text}>{`Withheld: ${withheld}`}</p>}
      <Outcome recommendation={recommendation} />
      <Said recommendation={recommendation} />
      <p className={styles.text}>
        <Link href={link.path}>{linkWords[link.kind]}</Link>
      </p>
      <h3>What it rests on</h3>
      <DataTable
        label="What it rests on"
        columns={evidenceColumns(currency)}
        rows={evidence}
        keyOf={(_, index) => String(index)}
      />
      {mayJudge && (
        <JudgeForm
          key={`${state} ${recommendation.judgedAt}`}
          recommendation={recommendation}
          onDone={onChanged}
        />
      )}
    </div>
  );
}

/** A recommendation with its evidence, and what people say to it. */
export function RecommendationDialog(props: {
  id: string;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { id, onChanged, onClose } = props;
  const asked = useRecommendation(id);
  return (
    <DetailDialog
      noun="recommendation"
      untitled="A recommendation"
      asked={asked}
      titleOf={({ title }) => title}
      onChanged={onChanged}
      onClose={onClose}
    >
      {(value, onDone) => <Detail recommendation={value} onChanged={onDone} />}
    </DetailDialog>
  );
}
