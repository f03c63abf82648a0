import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Link,
  TextAreaField,
} from '@backstage/ui';
import {
  goldenPathsExceptionCreatePermission,
  type ExceptionKind,
} from '@waymark/plugin-golden-paths-common';
import {
  dateText,
  DayField,
  dayIn,
  Failure,
  Panel,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { StateMark } from '../parts/StateMark';
import { exceptionStates } from '../parts/states';
import { exceptionRouteRef } from '../routes';
import { useExceptions } from './questions';

const shortestReason = 10;
/** As long as the portal allows. */
const longestDays = 183;

type About = { entityRef: string; kind: ExceptionKind };

/** The exception of a component that is open, or the way to ask for one. */
export function EntityExceptions({ entityRef, kind }: About) {
  const { value, refresh } = useExceptions({ entityRef, limit: 1 });
  const href = useRouteRef(exceptionRouteRef);
  const { allowed } = usePermission({
    permission: goldenPathsExceptionCreatePermission,
  });
  const [isAsking, setAsking] = useState(false);
  if (!value) return null;
  const [latest] = value.items;
  const isOpen = latest?.state === 'pending' || latest?.state === 'granted';
  if (!isOpen && !allowed) return null;
  return (
    <Panel
      title="Exception"
      lead={
        kind === 'version'
          ? 'Lets it stay on its version for a reason, until a day.'
          : 'Lets it be on no golden path for a reason, until a day.'
      }
      aside={latest && <StateMark words={exceptionStates[latest.state]} />}
    >
      {latest && (
        <>
          <p className={styles.quote}>{latest.reason}</p>
          <p className={styles.note}>
            <Link href={href?.({ id: latest.id }) ?? ''}>
              {`${isOpen ? 'Until' : 'The last one was until'} ${dateText(
                latest.until,
                'UTC',
              )}`}
            </Link>
          </p>
        </>
      )}
      {!isOpen && (
        <div className={styles.actions}>
          <Button variant="secondary" onPress={() => setAsking(true)}>
            Ask for an exception
          </Button>
        </div>
      )}
      {isAsking && (
        <AskDialog
          entityRef={entityRef}
          kind={kind}
          onClose={() => {
            setAsking(false);
            refresh();
          }}
        />
      )}
    </Panel>
  );
}

function AskDialog(props: About & { onClose: () => void }) {
  const { entityRef, kind, onClose } = props;
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(dayIn(90));
  const ask = () =>
    deed.run(async () => {
      await api.askException({ entityRef, kind, reason: reason.trim(), until });
      onClose();
    });
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>Ask for an exception</DialogHeader>
      <DialogBody>
        <div className={styles.form}>
          <p>
            A platform engineer decides. Once granted, it is let off until the
            day you name; everybody sees the reason on the fleet page.
          </p>
          <TextAreaField
            label="Why, and what happens until then"
            description="Such as that it is replaced in spring and changed no more."
            value={reason}
            onChange={setReason}
            maxLength={2000}
            isRequired
          />
          <DayField
            label="Until"
            hint="The last day on which it holds, in UTC; within half a year."
            value={until}
            min={dayIn(0)}
            max={dayIn(longestDays)}
            onChange={setUntil}
          />
          {deed.error && (
            <Failure title="It was not asked for" error={deed.error} />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Not now
        </Button>
        <Button
          variant="primary"
          isDisabled={reason.trim().length < shortestReason || !until}
          isPending={deed.isPending}
          onPress={ask}
        >
          Ask the platform team
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
