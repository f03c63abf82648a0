import { concludeOutcomes } from './concludeOutcomes';
import { compareIds, deliver, type Success } from './containment';
import { IncidentLinker } from './linkIncidents';
import type {
  Attribution,
  AttributionSettings,
  DeploymentRecord,
  History,
  IncidentLink,
  Outcome,
} from './model';
import { recogniseRework, type Recognised } from './rework';
import { supersededCommits } from './supersede';

type Ended = DeploymentRecord & { at: number };

const ended = (deployment: DeploymentRecord): deployment is Ended =>
  deployment.at !== undefined &&
  (deployment.status === 'success' || deployment.status === 'failure');

/**
 * Concludes everything there is to conclude about one component: which
 * deployment brought each change, what each incident is put down to, which
 * deployments failed, recovered or were unplanned. A pure function of the
 * facts and corrections: their order does not matter, and computing it anew
 * always gives the same.
 */
export function attribute(
  history: History,
  settings: AttributionSettings,
): Attribution {
  const superseded = supersededCommits(history.changes);
  const counted = history.changes
    .filter(({ id }) => !superseded.has(id))
    .sort((a, b) => compareIds(a.id, b.id));
  const changes = new Map(counted.map(change => [change.id, change]));

  const environments = new Map<number, Ended[]>();
  for (const deployment of history.deployments.filter(ended)) {
    const others = environments.get(deployment.environment);
    if (others) others.push(deployment);
    else environments.set(deployment.environment, [deployment]);
  }

  const worlds = [...environments].map(([environment, deployments]) => {
    const sorted = deployments.sort(
      (a, b) => a.at - b.at || compareIds(a.id, b.id),
    );
    const successes: Success[] = sorted.filter(
      ({ status }) => status === 'success',
    );
    const delivered = deliver(successes, counted, settings);
    const rework = recogniseRework(successes, delivered, changes);
    return { environment, sorted, successes, delivered, rework };
  });

  const production = worlds.find(
    ({ environment }) => environment === settings.production,
  );
  const linker = new IncidentLinker({
    deployments: history.deployments,
    successes: production?.successes ?? [],
    delivered: production?.delivered ?? [],
    changes,
    rework: production?.rework ?? new Map<string, Recognised>(),
    settings,
  });
  const incidents = new Map(
    history.incidents.map(incident => [incident.id, incident]),
  );
  const links: IncidentLink[] = history.incidents.flatMap(
    incident => linker.link(incident) ?? [],
  );
  const outcomes: Outcome[] = worlds.flatMap(({ sorted, rework }) =>
    concludeOutcomes(sorted, rework, links, incidents),
  );
  return {
    delivered: worlds.flatMap(({ delivered }) => delivered),
    outcomes,
    links,
    superseded,
  };
}
