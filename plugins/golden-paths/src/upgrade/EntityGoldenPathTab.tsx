import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  goldenPathsUpgradeCreatePermission,
  type Member,
} from '@waymark/plugin-golden-paths-common';
import {
  Failure,
  Panel,
  timeText,
  useAskingAgain,
} from '@waymark/plugin-parts-react';
import { EntityExceptions } from '../exceptions/EntityExceptions';
import styles from '../parts/Parts.module.css';
import { templateName } from '../parts/states';
import { SupportMark } from '../parts/SupportMark';
import { DriftPanel } from './DriftPanel';
import { LatestUpgrade } from './LatestUpgrade';
import { useLatestUpgrade, useMember } from './questions';
import { UpgradePanel } from './UpgradePanel';

/** The golden path of a component, or the ways onto one. */
export function EntityGoldenPathTab() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return entity.metadata.annotations?.['waymark.io/template'] ? (
    <OnGoldenPath entityRef={entityRef} />
  ) : (
    <OnNone entityRef={entityRef} />
  );
}

/** The way onto a golden path: what was proposed, or how to begin. */
function OnNone({ entityRef }: { entityRef: string }) {
  const { value, refresh } = useLatestUpgrade(entityRef);
  const { allowed } = usePermission({
    permission: goldenPathsUpgradeCreatePermission,
  });
  const [adoption] = value?.items ?? [];
  return (
    <div className={styles.page}>
      {adoption && (
        <LatestUpgrade upgrade={adoption} mayMerge={allowed} onDone={refresh} />
      )}
      <Panel title="On no golden path">
        <p className={styles.note}>
          <Link href="/create/templates/default/adopt-golden-path">
            Adopt one
          </Link>
          , and its pipeline, alerts and manifests are kept current from then
          on. Your files stay as they are.
        </p>
      </Panel>
      <EntityExceptions entityRef={entityRef} kind="golden-path" />
    </div>
  );
}

/** On which version a component is, what its team changed, and the way to the newest. */
function OnGoldenPath({ entityRef }: { entityRef: string }) {
  const member = useMember(entityRef);
  const latest = useLatestUpgrade(entityRef);
  const refresh = () => {
    member.refresh();
    latest.refresh();
  };
  // What was just made is in the catalog before anybody looked into its repository.
  const isUnread =
    member.error?.name === 'NotFoundError' && member.value === undefined;
  useAskingAgain(isUnread, member.refresh);
  if (isUnread) {
    return (
      <div className={styles.page}>
        <Panel title="Not read yet">
          <p className={styles.note}>
            The portal reads a new repository within a minute, and then shows
            here which version of its golden path it is on.
          </p>
        </Panel>
      </div>
    );
  }
  if (member.error) {
    return (
      <Failure
        title="The golden path of this component could not be read"
        error={member.error}
        onRetry={refresh}
      />
    );
  }
  if (!member.value) return <Skeleton width="100%" height={200} />;
  const { value } = member;
  const [upgrade] = latest.value?.items ?? [];
  const isBehind = value.latest !== undefined && value.latest !== value.version;
  const isOpen = upgrade?.state === 'waiting' || upgrade?.state === 'running';
  return (
    <div className={styles.page}>
      <Version member={value} />
      {upgrade && (
        <LatestUpgrade
          upgrade={upgrade}
          mayMerge={value.mayUpgrade ?? false}
          onDone={refresh}
        />
      )}
      {isBehind && !isOpen && !value.problem && (
        <UpgradePanel member={value} onDone={refresh} />
      )}
      <EntityExceptions entityRef={entityRef} kind="version" />
      {value.drift && (
        <DriftPanel
          entityRef={entityRef}
          drift={value.drift}
          mayReadLines={value.mayUpgrade ?? false}
        />
      )}
    </div>
  );
}

function Version({ member }: { member: Member }) {
  const { template, version, latest, support, problem, readAt } = member;
  return (
    <Panel
      title={`${templateName(template)} ${version}`}
      lead={
        latest === version
          ? 'This is the newest version.'
          : latest && `The newest version is ${latest}.`
      }
      aside={<SupportMark support={support} />}
    >
      <p className={styles.note}>
        {problem ??
          (readAt
            ? `The repository was read ${timeText(readAt)}.`
            : 'The repository is not read yet; that takes a minute.')}
      </p>
    </Panel>
  );
}
