import type { Deployment } from '@waymark/plugin-dora-common';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
  RiForbidLine,
  RiTimeLine,
} from '@remixicon/react';
import { Mark } from '@waymark/plugin-parts-react';

/** What became of a deployment. */
export function Outcome({ deployment }: { deployment: Deployment }) {
  const { status, failed, failedReason } = deployment;
  if (status === 'pending') {
    return <Mark tone="info" Icon={RiTimeLine} text="Under way" />;
  }
  if (status === 'cancelled') {
    return <Mark tone="plain" Icon={RiForbidLine} text="Cancelled" />;
  }
  if (status === 'failure') {
    return (
      <Mark
        tone="negative"
        Icon={RiCloseCircleLine}
        text="Never got there"
        title={failedReason}
      />
    );
  }
  return failed ? (
    <Mark
      tone="negative"
      Icon={RiErrorWarningLine}
      text="Failed"
      title={failedReason}
    />
  ) : (
    <Mark tone="positive" Icon={RiCheckLine} text="Succeeded" />
  );
}

const reworkWords = {
  rollback: 'Rollback',
  revert: 'Revert',
  hotfix: 'Hotfix',
};

/** Whether a deployment only repaired an earlier one. */
export function Rework({ deployment }: { deployment: Deployment }) {
  if (!deployment.rework) return null;
  return (
    <Mark
      tone="warning"
      Icon={RiErrorWarningLine}
      text={reworkWords[deployment.rework]}
      title={deployment.reworkReason}
    />
  );
}
