import { ListPage, offsetOf, Pages } from '@waymark/plugin-parts-react';
import { useCorrections } from '../live/questions';
import { ScopeFilter } from '../parts/ScopeFilter';
import { useView } from '../view/useView';
import { CorrectionTable } from './CorrectionTable';
import styles from './CorrectionsPage.module.css';

const limit = 50;

/** Every correction that people made, newest first. */
export function CorrectionsPage() {
  const { params, change } = useView();
  const offset = offsetOf(params.get('offset'));
  const entityRef = params.get('entityRef') || undefined;
  const live = useCorrections({ entityRef, limit, offset });
  return (
    <ListPage
      of="corrections"
      lead="What people said against what the portal concluded. A deployment is corrected on its page, an incident in the list of incidents."
      live={live}
      filters={
        <ScopeFilter
          entityRef={entityRef ?? ''}
          onChange={chosen => change({ entityRef: chosen, offset: undefined })}
        />
      }
    >
      {page =>
        page.total === 0 ? (
          <p className={styles.none}>Nobody corrected anything here.</p>
        ) : (
          <>
            <CorrectionTable rows={page.items} />
            <Pages
              of="corrections"
              offset={offset}
              limit={limit}
              total={page.total}
              onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
            />
          </>
        )
      }
    </ListPage>
  );
}
