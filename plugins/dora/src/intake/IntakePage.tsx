import { Container } from '@backstage/ui';
import { Backfills } from './Backfills';
import { Deliveries } from './Deliveries';
import { Sources } from './Sources';
import { UnmatchedNames } from './UnmatchedNames';
import styles from './Intake.module.css';

/** How deliveries come in: by source, what is brought from the past, what could not be read, and what belongs to nobody yet. */
export function IntakePage() {
  return (
    <Container>
      <div className={styles.page}>
        <Sources />
        <Backfills />
        <Deliveries />
        <UnmatchedNames />
      </div>
    </Container>
  );
}
