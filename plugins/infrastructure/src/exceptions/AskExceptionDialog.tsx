import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import type {
  NewException,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import { DayField, dayIn, Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { useKey } from '../api/useKey';
import { exceptionRouteRef } from '../routes';
import { MyDeciders } from './Deciders';
import styles from './Exceptions.module.css';

const shortestReason = 10;

/** Asks that a rule be let be, for what it speaks against. */
export function AskExceptionDialog(props: {
  finding: RuleResult;
  about: Pick<NewException, 'request' | 'resource'>;
  name: string;
  onClose: () => void;
}) {
  const { finding, about, name, onClose } = props;
  const api = useApi(guardrailsApiRef);
  const navigate = useNavigate();
  const exceptionHref = useRouteRef(exceptionRouteRef);
  const keyOf = useKey();
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(dayIn(30));
  const ask = () =>
    deed.run(async () => {
      const wanted: NewException = {
        ...about,
        rule: finding.rule,
        reason: reason.trim(),
        until,
      };
      const { id } = await api.askException(wanted, keyOf(wanted));
      navigate(exceptionHref?.({ id }) ?? '');
    });
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>{`An exception from ${finding.rule}`}</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>
            {`${finding.message} The platform team decides whether ${name} may be so for a while. The rule goes on saying so, and the decision names the exception.`}
          </p>
          <MyDeciders />
          <TextAreaField
            label="Why, and what makes up for it"
            description="Why the rule cannot be kept, until when, and what keeps it safe meanwhile."
            value={reason}
            onChange={setReason}
            maxLength={2000}
            isRequired
          />
          <DayField
            label="Until"
            hint="The last day on which it holds, in UTC."
            value={until}
            min={dayIn(0)}
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
