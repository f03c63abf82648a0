import type {
  Approver,
  ApproverKind,
} from '@waymark/plugin-infrastructure-common';
import { EntityName } from '@waymark/plugin-parts-react';
import { People } from '../parts/People';
import styles from './Decision.module.css';

const kinds: Record<ApproverKind, string> = {
  ownerLead: 'A lead of the owning team',
  platformTeam: 'The platform team',
  budgetOwner: 'The owner of the budget',
};

function Who({
  people,
  note,
  decidedBy,
}: Pick<Approver, 'people' | 'note' | 'decidedBy'>) {
  if (decidedBy) {
    return (
      <>
        <EntityName entityRef={decidedBy} /> approved
      </>
    );
  }
  return people.length > 0 ? (
    <People refs={people} />
  ) : (
    <>
      {note
        ? 'nobody'
        : 'nobody in the catalog has this role; ask the platform team'}
    </>
  );
}

/** Who has to approve, and what makes it so. */
export function ApproverList({ approvers }: { approvers: Approver[] }) {
  if (approvers.length === 0) {
    return <p className={styles.note}>Nobody has to approve it.</p>;
  }
  return (
    <ul className={styles.approvers}>
      {approvers.map(({ kind, people, note, because, decidedBy }) => (
        <li key={kind}>
          <strong>{kinds[kind]}</strong>
          {': '}
          <Who people={people} note={note} decidedBy={decidedBy} />
          {note && <p className={styles.note}>{note}</p>}
          {because.length > 0 && (
            <ul className={styles.because}>
              {because.map(text => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
