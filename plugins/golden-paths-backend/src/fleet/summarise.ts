import type {
  Coverage,
  FleetSummary,
} from '@waymark/plugin-golden-paths-common';
import type { Supports } from '../releases/Releases';
import type { CountedServices, CoverageCounts } from './CoverageStore';
import type { VersionGroup } from './ServiceStore';

/** What share of new services is to begin on a golden path. */
const target = 0.8;

const nothing: CountedServices = {
  services: 0,
  covered: 0,
  exempt: 0,
  unread: 0,
};

const repositoriesOf = (groups: VersionGroup[]) =>
  groups.reduce((total, { repositories }) => total + repositories, 0);

/** Says of many groups how the fleet is spread, and how much of the catalog it is. */
export function summarise(options: {
  groups: VersionGroup[];
  coverage: CoverageCounts;
  supports: Supports;
  /** The newest version of each template. */
  newest: ReadonlyMap<string, string>;
}): Omit<FleetSummary, 'firstDeployments' | 'exceptions'> {
  const { groups, coverage, supports, newest } = options;
  const isCurrent = ({ template, version }: VersionGroup) =>
    version !== null && newest.get(template ?? '') === version;
  return {
    repositories: repositoriesOf(groups),
    current: repositoriesOf(groups.filter(isCurrent)),
    drifted: groups.reduce((total, { drifted }) => total + drifted, 0),
    unread: groups.reduce((total, { unread }) => total + unread, 0),
    versions: versionsOf(groups, supports),
    owners: ownersOf(groups, coverage, isCurrent),
    coverage: coverageOf(coverage.all),
    newCoverage: coverageOf(coverage.young),
    ...(coverage.since ? { newSince: coverage.since.toISOString() } : {}),
  };
}

function ownersOf(
  groups: VersionGroup[],
  { byOwner }: CoverageCounts,
  isCurrent: (group: VersionGroup) => boolean,
): FleetSummary['owners'] {
  const owned = groupBy(groups, ({ owner }) => owner ?? 'nobody');
  // A team whose services are on none has an adoption as well.
  return [...new Set([...owned.keys(), ...byOwner.keys()])]
    .map(owner => {
      const theirs = owned.get(owner) ?? [];
      return {
        owner,
        repositories: repositoriesOf(theirs),
        current: repositoriesOf(theirs.filter(isCurrent)),
        coverage: coverageOf(byOwner.get(owner) ?? nothing),
      };
    })
    .sort(
      (a, b) =>
        b.repositories - a.repositories ||
        b.coverage.services - a.coverage.services ||
        a.owner.localeCompare(b.owner),
    );
}

function versionsOf(
  groups: VersionGroup[],
  supports: Supports,
): FleetSummary['versions'] {
  const versions = groupBy(
    groups,
    ({ template, version }) => `${template} ${version}`,
  );
  return [...versions.values()]
    .map(alike => ({
      template: alike[0].template ?? '',
      version: alike[0].version ?? '',
      support: supports(alike[0].template ?? '', alike[0].version ?? ''),
      repositories: repositoriesOf(alike),
    }))
    .sort((a, b) =>
      a.template === b.template
        ? b.version.localeCompare(a.version, 'en', { numeric: true })
        : a.template.localeCompare(b.template),
    );
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Of no services there is no share: that is not zero. */
function coverageOf(counted: CountedServices): Coverage {
  const { services, covered, exempt, unread } = counted;
  return {
    services,
    onGoldenPath: covered,
    exempt,
    unread,
    target,
    ...(services > 0 ? { share: covered / services } : {}),
  };
}
