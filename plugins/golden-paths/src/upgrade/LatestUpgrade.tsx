import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { Upgrade } from '@waymark/plugin-golden-paths-common';
import {
  EntityName,
  Failure,
  Panel,
  timeText,
  useDeed,
} from '@waymark/plugin-parts-react';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { StateMark } from '../parts/StateMark';
import { checksText, templateName, upgradeStates } from '../parts/states';
import { ConflictList } from './ConflictList';

/** Who merges it: people, or the portal as soon as its checks let it. */
function unconflicted(upgrade: Upgrade): string {
  const { checks } = upgrade;
  const text = checksText(upgrade);
  if (checks === 'pending' || checks === 'passed') {
    return `The portal merges it once its checks have passed. Checks: ${text}.`;
  }
  return text
    ? `Look at it and merge it. Checks: ${text}.`
    : 'Look at it and merge it.';
}

/** What happens next, for whoever looks. */
function nextStep(upgrade: Upgrade): string {
  const { state, branch, conflicts, message } = upgrade;
  switch (state) {
    case 'waiting':
      return 'It waits for its turn; the portal works on one after the other.';
    case 'running':
      return 'It is being merged in a copy. That takes seconds.';
    case 'proposed':
      return conflicts.length > 0
        ? `It is on the branch ${branch}. Decide about the files below there, then merge it.`
        : `It is on the branch ${branch}, without conflicts. ${unconflicted(
            upgrade,
          )}`;
    case 'merged':
      return 'It is on the default branch.';
    case 'failed':
      return message ?? 'It failed.';
    default:
      return 'It was cancelled with its campaign.';
  }
}

/** The last upgrade of a component, and what is to be done about it. */
export function LatestUpgrade(props: {
  upgrade: Upgrade;
  mayMerge: boolean;
  onDone: () => void;
}) {
  const { upgrade, mayMerge, onDone } = props;
  const { id, template, from, to, state, conflicts, proposalUrl } = upgrade;
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const isMergeable =
    state === 'proposed' && conflicts.length === 0 && !proposalUrl;
  const merge = () =>
    deed.run(async () => {
      await api.mergeUpgrade(id);
      onDone();
    });
  return (
    <Panel
      title={
        from
          ? `Upgrade from ${from} to ${to}`
          : `Adoption of ${templateName(template)} ${to}`
      }
      lead={nextStep(upgrade)}
      aside={<StateMark words={upgradeStates[state]} />}
    >
      <p className={styles.note}>
        Asked for {timeText(upgrade.askedAt)} by{' '}
        <EntityName entityRef={upgrade.askedBy} />
      </p>
      {conflicts.length > 0 && <ConflictList conflicts={conflicts} />}
      {deed.error && <Failure title="It was not merged" error={deed.error} />}
      <div className={styles.actions}>
        {proposalUrl && (
          <ButtonLink variant="primary" href={proposalUrl}>
            Review it
          </ButtonLink>
        )}
        {isMergeable && mayMerge && (
          <Button variant="primary" onPress={merge} isPending={deed.isPending}>
            Merge
          </Button>
        )}
      </div>
    </Panel>
  );
}
