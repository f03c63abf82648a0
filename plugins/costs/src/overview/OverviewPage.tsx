import { Container } from '@backstage/ui';
import { useView } from '../view/useView';
import { ScopeCosts } from './ScopeCosts';
import styles from './Overview.module.css';

/** What the whole organisation spends. */
export function OverviewPage() {
  return (
    <Container>
      <div className={styles.page}>
        <ScopeCosts viewed={useView()} />
      </div>
    </Container>
  );
}
