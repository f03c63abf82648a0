import { catalogEntityCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import { ImportStepper } from '@backstage/plugin-catalog-import';
import { RequirePermission } from '@backstage/plugin-permission-react';
import { Container } from '@backstage/ui';
import styles from './ImportPage.module.css';

/** Registers what exists, and says beside the form what it wants and does. */
export function ImportPage() {
  return (
    <RequirePermission permission={catalogEntityCreatePermission}>
      <Container>
        <div className={styles.page}>
          <div className={styles.form}>
            <ImportStepper />
          </div>
          <section className={styles.help} aria-labelledby="import-help">
            <h2 id="import-help">What happens</h2>
            <ol>
              <li>
                Give the address of a <code>catalog-info.yaml</code> in a
                repository, as the browser shows it.
              </li>
              <li>The portal reads it and shows what would be registered.</li>
              <li>
                You confirm. From then on the portal follows the file: a change
                in the repository is a change here, within minutes.
              </li>
            </ol>
            <p>
              Nothing is written to your repository. To take something out
              again, unregister it from its page; your team must own it.
            </p>
          </section>
        </div>
      </Container>
    </RequirePermission>
  );
}
