import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, Link } from '@backstage/ui';
import type {
  AuditEntry,
  AuditPage as Entries,
  AuditVerification,
} from '@waymark/plugin-infrastructure-common';
import {
  DataTable,
  Failure,
  ListPage,
  Mark,
  timeText,
  useAddress,
  useDeed,
} from '@waymark/plugin-parts-react';
import { RiCheckLine, RiCloseCircleLine } from '@remixicon/react';
import { useState } from 'react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { verifyAuditDocs } from '../parts/docs';
import { SaveButton } from '../parts/SaveButton';
import { Who } from '../parts/Who';
import { useAudit } from '../live/questions';
import { requestRouteRef, resourceRouteRef } from '../routes';
import { spoken } from '../words/spoken';
import styles from './Audit.module.css';
import { AuditDetails } from './AuditDetails';
import { AuditFilters } from './AuditFilters';
import { auditQuery } from './auditQuery';

function About({ entry }: { entry: AuditEntry }) {
  const requestHref = useRouteRef(requestRouteRef);
  const resourceHref = useRouteRef(resourceRouteRef);
  const { request, resource } = entry;
  return (
    <span>
      {request && (
        <Link href={requestHref?.({ id: request }) ?? ''}>Request</Link>
      )}
      {request && resource && ', '}
      {resource && (
        <Link href={resourceHref?.({ id: resource }) ?? ''}>Resource</Link>
      )}
    </span>
  );
}

function EntryTable({ rows }: { rows: AuditEntry[] }) {
  return (
    <DataTable
      label="Audit trail"
      rows={rows}
      keyOf={({ number }) => String(number)}
      columns={[
        { title: 'Number', render: ({ number }) => number },
        { title: 'When', render: ({ at }) => timeText(at) },
        { title: 'What', render: ({ action }) => spoken(action) },
        {
          title: 'By',
          render: ({ by }) => by && <Who by={by} />,
        },
        { title: 'About', render: entry => <About entry={entry} /> },
        {
          title: 'Details',
          render: ({ detail }) => detail && <AuditDetails detail={detail} />,
        },
        {
          title: 'Hash',
          render: ({ hash }) => (
            <span className={styles.hash} title={hash}>
              {hash.slice(0, 12)}
            </span>
          ),
        },
      ]}
    />
  );
}

function Part(props: {
  page: Entries;
  after: number;
  onGo: (after: string | undefined) => void;
}) {
  const { page, after, onGo } = props;
  const last = page.items.at(-1)?.number;
  return (
    <>
      {page.items.length === 0 ? (
        <p>
          {after > 0
            ? 'Nothing was done after that.'
            : 'Nothing was done yet that is like that.'}
        </p>
      ) : (
        <EntryTable rows={page.items} />
      )}
      {(after > 0 || page.more) && (
        <nav aria-label="Parts of the audit trail" className={styles.pages}>
          <Button
            size="small"
            variant="secondary"
            isDisabled={after === 0}
            onPress={() => onGo(undefined)}
          >
            From the beginning
          </Button>
          <Button
            size="small"
            variant="secondary"
            isDisabled={!page.more}
            onPress={() => onGo(last === undefined ? undefined : String(last))}
          >
            Next
          </Button>
        </nav>
      )}
    </>
  );
}

function Verified({ result }: { result: AuditVerification }) {
  const { entries, whole, brokenAt, lastHash } = result;
  return (
    <p role="status" className={styles.verified}>
      {whole ? (
        <Mark
          tone="positive"
          Icon={RiCheckLine}
          text={`Whole: ${entries} entries`}
        />
      ) : (
        <Mark
          tone="negative"
          Icon={RiCloseCircleLine}
          text={`Broken at entry ${brokenAt}`}
        />
      )}{' '}
      Last hash that fits: <span className={styles.hash}>{lastHash}</span>
    </p>
  );
}

/** Ways to take the trail along and to check that nothing of it was changed. */
function Checks() {
  const api = useApi(guardrailsApiRef);
  const deed = useDeed();
  const [result, setResult] = useState<AuditVerification>();
  return (
    <div className={styles.checks}>
      <div className={styles.pages}>
        <Button
          size="small"
          variant="secondary"
          isPending={deed.isPending}
          onPress={() =>
            deed.run(async () => setResult(await api.verifyAudit()))
          }
        >
          Check the chain
        </Button>
        <SaveButton
          text="Download as JSON lines"
          file={{ name: 'audit.ndjson', type: 'application/x-ndjson' }}
          read={() => api.exportAudit({ format: 'ndjson' })}
        />
        <SaveButton
          text="Download as CSV"
          file={{ name: 'audit.csv', type: 'text/csv' }}
          read={() => api.exportAudit({ format: 'csv' })}
        />
        <Link href={verifyAuditDocs}>Check it without the portal</Link>
      </div>
      {deed.error && (
        <Failure title="The chain could not be checked" error={deed.error} />
      )}
      {result && <Verified result={result} />}
    </div>
  );
}

/** Everything that was done, in its order, chained by hashes. */
export function AuditPage() {
  const { params, change } = useAddress();
  const query = auditQuery(params);
  const live = useAudit(query);
  return (
    <ListPage
      of="audit trail"
      lead="Everything that was done, oldest first. Each entry holds the hash of the one before, so that nothing can be changed or left out unnoticed."
      live={live}
      filters={<AuditFilters params={params} change={change} />}
    >
      {page => (
        <>
          <Checks />
          <Part
            page={page}
            after={query.after ?? 0}
            onGo={after => change({ after })}
          />
        </>
      )}
    </ListPage>
  );
}
