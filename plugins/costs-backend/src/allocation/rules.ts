import { InputError } from '@backstage/errors';
import type { Rule } from '@waymark/plugin-costs-common';
import { saidByBill } from '../charges/conditions';
import { readDimension, readFilter } from '../charges/dimensions';
import { readEntityRef } from '../charges/entityRef';

/** What holds until somebody changes it: tags as most write them, and what the infrastructure plugin sets. */
export const firstRules: Rule[] = [
  {
    id: 'request-tag',
    title: 'The tag request-id is that of a request for infrastructure',
    by: 'annotation',
    value: 'Tags/request-id',
    annotation: 'waymark.io/infrastructure-request',
  },
  {
    id: 'resource-id',
    title: 'The resource id is that of an entity',
    by: 'annotation',
    value: 'ResourceId',
    annotation: 'waymark.io/bill-resource-ids',
  },
  {
    id: 'component-tag',
    title: 'The tag component names a component',
    by: 'name',
    value: 'Tags/component',
    kind: 'component',
  },
  {
    id: 'service-tag',
    title: 'The tag service names a component',
    by: 'name',
    value: 'Tags/service',
    kind: 'component',
  },
  {
    id: 'namespace-label',
    title: 'The Kubernetes namespace is that of an entity',
    by: 'annotation',
    value: 'Tags/kubernetes-namespace',
    annotation: 'backstage.io/kubernetes-namespace',
  },
  {
    id: 'system-tag',
    title: 'The tag system names a system',
    by: 'name',
    value: 'Tags/system',
    kind: 'system',
  },
  {
    id: 'owner-tag',
    title: 'The tag owner names a group',
    by: 'name',
    value: 'Tags/owner',
    kind: 'group',
  },
  {
    id: 'team-tag',
    title: 'The tag team names a group',
    by: 'name',
    value: 'Tags/team',
    kind: 'group',
  },
];

function requireSaid(name: string, where: string): void {
  if (!saidByBill(readDimension(name, where))) {
    throw new InputError(
      `${where}: bills do not say ${name}; rules can look at what bills say`,
    );
  }
}

/** A rule with its references in their long form. */
function readRule(rule: Rule): Rule {
  const where = `Rule ${rule.id}`;
  if (rule.where) {
    for (const { dimension } of readFilter(rule.where)) {
      if (!saidByBill(dimension)) {
        throw new InputError(
          `${where}: where can only choose by what bills say`,
        );
      }
    }
  }
  switch (rule.by) {
    case 'entity':
      return { ...rule, entityRef: readEntityRef(rule.entityRef, where) };
    case 'map':
      requireSaid(rule.value, where);
      return {
        ...rule,
        entities: Object.fromEntries(
          Object.entries(rule.entities).map(([said, ref]) => [
            said,
            readEntityRef(ref, where),
          ]),
        ),
      };
    case 'share':
      return { ...rule, ...readShares(rule, where) };
    default:
      requireSaid(rule.value, where);
      return rule;
  }
}

function readShares(
  rule: Extract<Rule, { by: 'share' }>,
  where: string,
): Pick<typeof rule, 'among' | 'shares'> {
  const shares = Object.entries(rule.shares ?? {}).map(
    ([ref, share]) => [readEntityRef(ref, where), share] as const,
  );
  if ((rule.split === 'fixed') !== shares.length > 0) {
    throw new InputError(
      `${where}: shares belong to the split "fixed", which cannot do without`,
    );
  }
  if (shares.some(([, share]) => !/[1-9]/.test(share))) {
    throw new InputError(`${where}: each share must be more than 0`);
  }
  return {
    ...(rule.among
      ? {
          among: [...new Set(rule.among.map(ref => readEntityRef(ref, where)))],
        }
      : {}),
    ...(shares.length > 0 ? { shares: Object.fromEntries(shares) } : {}),
  };
}

/** @throws InputError when a rule cannot be followed */
export function readRules(rules: Rule[]): Rule[] {
  const ids = rules.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new InputError(`There are two rules ${twice}`);
  return rules.map(readRule);
}
