import { Container } from '@backstage/ui';
import { Deliveries } from './Deliveries';
import { Sources } from './Sources';
import { UnmatchedNames } from './UnmatchedNames';
import styles from './Intake.module.css';

/** How deliveries come in: by source, what could not be read, and what belongs to nobody yet. */
export function IntakePage() {
  return (
    <Container>
      <div className={styles.page}>
        <Sources />
        <Deliveries />
        <UnmatchedNames />
      </div>
    </Container>
  );
}
