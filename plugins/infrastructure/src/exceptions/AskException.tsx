import { Button } from '@backstage/ui';
import type {
  NewException,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import { useState } from 'react';
import { knowsExceptions } from '../words/guardrails';
import { AskExceptionDialog } from './AskExceptionDialog';

/** The way to an exception from the rule that a finding is of; nothing where the rule knows none. */
export function AskException(props: {
  finding: RuleResult;
  about: Pick<NewException, 'request' | 'resource'>;
  name: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const { finding } = props;
  if (finding.effect !== 'deny' || !knowsExceptions(finding.rule)) return null;
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setOpen(true)}>
        Ask for an exception
      </Button>
      {isOpen && (
        <AskExceptionDialog {...props} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
