import type {
  NewRequest,
  Problem,
} from '@waymark/plugin-infrastructure-common';
import type { InfrastructureSettings } from '../config';
import { namePattern } from '../offerings/offering';
import type { Offering } from '../offerings/Offerings';
import { entityNameOf } from './cases';

/** The longest name that the catalog takes. */
const longestEntityName = 63;

/** Entity reference of a group. */
export const groupPattern = /^group:[^/]+\/[^/]+$/;

type NewResource = Pick<
  NewRequest,
  'name' | 'environment' | 'owner' | 'component' | 'timeToLiveDays'
>;

/** What is not right about a wish for a new resource, apart from its parameters. */
export function problemsOf(
  wish: NewResource,
  offering: Offering,
  settings: Pick<
    InfrastructureSettings,
    'environments' | 'productionEnvironments'
  >,
): Problem[] {
  const { name, environment, owner } = wish;
  const problems: Problem[] = [];
  const offered = offering.file.spec.environments.filter(candidate =>
    settings.environments.includes(candidate),
  );
  if (!name) {
    problems.push({ field: 'name', message: 'is needed' });
  } else if (!namePattern.test(name)) {
    problems.push({
      field: 'name',
      message:
        'must begin with a lower case letter and hold lower case letters, digits and dashes',
    });
  } else if (
    environment &&
    entityNameOf({ name, environment, offering: offering.name }).length >
      longestEntityName
  ) {
    const room =
      longestEntityName -
      entityNameOf({ name: '', environment, offering: offering.name }).length;
    problems.push({
      field: 'name',
      message: `must have at most ${room} characters`,
    });
  }
  if (!environment) {
    problems.push({ field: 'environment', message: 'is needed' });
  } else if (offering.isRetired) {
    problems.push({
      field: 'environment',
      message: `cannot be ${environment}: the offering ${offering.name} is retired, and nothing more of it can be asked for`,
    });
  } else if (!offered.includes(environment)) {
    problems.push({
      field: 'environment',
      message: `must be one of ${offered.join(', ')}`,
    });
  } else if (
    wish.timeToLiveDays !== undefined &&
    settings.productionEnvironments.includes(environment)
  ) {
    problems.push({
      field: 'timeToLiveDays',
      message: `is not for ${environment}: what customers use does not end by itself`,
    });
  }
  if (!owner) {
    problems.push({ field: 'owner', message: 'is needed' });
  } else if (!groupPattern.test(owner)) {
    problems.push({
      field: 'owner',
      message:
        'must be the entity reference of a group, like group:default/ledger',
    });
  }
  if (wish.component && !/^component:[^/]+\/[^/]+$/.test(wish.component)) {
    problems.push({
      field: 'component',
      message:
        'must be the entity reference of a component, like component:default/orders',
    });
  }
  return problems;
}
