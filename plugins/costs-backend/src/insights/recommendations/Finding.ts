import {
  filterText,
  type Recommendation,
  type RecommendationEvidence,
  type RecommendationLink,
} from '@waymark/plugin-costs-common';
import { daysBefore } from '../../forecast/outlook';
import { costOf, nameOf, windowDays, type Line } from './Line';
import type { Subject } from './LineStore';
import type { Books, Found, Managed, Rule } from './Rule';

/** A recommendation as it is kept, before anybody said anything of it. */
export type Finding = Pick<
  Recommendation,
  | 'rule'
  | 'kind'
  | 'effort'
  | 'title'
  | 'why'
  | 'entityRef'
  | 'groupRef'
  | 'resourceId'
  | 'resourceName'
  | 'service'
  | 'currency'
  | 'from'
  | 'to'
  | 'cost'
  | 'low'
  | 'high'
  | 'link'
  | 'withheld'
> & {
  fingerprint: string;
  source: string;
  subject: Subject;
  evidence: RecommendationEvidence[];
};

/** Lines that are shown. */
const shown = 10;

const cents = (amount: number) => amount.toFixed(2);

function subjectOf({ about, lines, isReplaced }: Found): Subject {
  const [{ resourceId, entityRef, groupRef, service }] = lines;
  if (about === 'group' && groupRef) return { groupRef, service };
  return (about === 'entity' || isReplaced) && entityRef
    ? { entityRef, service }
    : { resourceId };
}

function exploring(subject: Subject): RecommendationLink {
  const named: [string, string | undefined][] = [
    ['ResourceId', subject.resourceId],
    ['entity', subject.entityRef],
    ['group', subject.groupRef],
    ['ServiceName', subject.service],
  ];
  const filter = filterText(
    named.flatMap(([name, value]) => (value ? [{ name, value }] : [])),
  );
  const query = new URLSearchParams({
    period: '3-months',
    groupBy: subject.resourceId ? 'SkuId' : 'ResourceName',
    filter,
  });
  return { kind: 'explore', path: `/costs/explorer?${query}` };
}

function linkOf(
  rule: Rule,
  found: Found,
  resource: Managed | undefined,
  subject: Subject,
): RecommendationLink {
  if (!resource || found.about === 'group') return exploring(subject);
  if (rule.kind === 'idle' || rule.kind === 'unattached') {
    return {
      kind: 'release',
      path: `/infrastructure/resources/${resource.id}`,
    };
  }
  const query = new URLSearchParams({
    resource: resource.id,
    reason: found.title,
  });
  for (const [name, value] of Object.entries(found.change ?? {})) {
    query.set(`parameters.${name}`, value);
  }
  return {
    kind: 'change',
    path: `/infrastructure/offerings/${resource.offering}/request?${query}`,
  };
}

function withheldOf(
  resource: Managed | undefined,
  through: string,
): string | null {
  if (!resource) return null;
  if (['changing', 'destroying'].includes(resource.state)) {
    return 'A change of it is under way. What bills say of it is of before.';
  }
  const changed = resource.changedAt.slice(0, 10);
  return changed > daysBefore(through, windowDays)
    ? `It was changed on ${changed}, after the days that this rests on had begun. It comes back when 30 days since are billed and still say so.`
    : null;
}

const evidenceOf = (line: Line): RecommendationEvidence => ({
  resourceName: nameOf(line),
  service: line.service,
  sku: line.sku ?? line.meter,
  unit: line.unit,
  environment: line.environment,
  cost: cents(line.cost[0]),
  quantity: line.quantity,
  days: line.days[0],
});

const dearestFirst = (one: Line, other: Line) => other.cost[0] - one.cost[0];

/**
 * Which of what a rule finds is the same as before: made of what it is about
 * alone, since how many lines there are, which of them costs most and whose it
 * is may be otherwise in the next bill. What people said of it stays with it.
 */
function fingerprintOf(rule: Rule, found: Found): string {
  const [line] = found.lines;
  const { source, currency, resourceId, sku, entityRef, groupRef } = line;
  const what = {
    line: [resourceId, sku],
    resource: [resourceId],
    entity: [entityRef],
    group: [groupRef, line.service],
  }[found.about];
  return [rule.id, source, currency, ...what].join(' ');
}

/** What a rule found, with all that is told of it. */
function findingOf(rule: Rule, found: Found, books: Books): Finding {
  const [line] = found.lines;
  const { through, source, currency, service } = line;
  const isOne = found.about !== 'group';
  const resource = line.entityRef
    ? books.managed.get(line.entityRef)
    : undefined;
  const subject = subjectOf(found);
  const lines = [
    ...[...found.lines].sort(dearestFirst),
    ...[...(found.beside ?? [])].sort(dearestFirst),
  ];
  return {
    fingerprint: fingerprintOf(rule, found),
    rule: rule.id,
    kind: rule.kind,
    effort: rule.effort,
    title: found.title,
    why: found.why,
    source,
    entityRef: isOne ? line.entityRef : null,
    groupRef: line.groupRef,
    resourceId: isOne ? line.resourceId : null,
    resourceName: isOne ? nameOf(line) : null,
    service,
    currency,
    from: daysBefore(through, windowDays - 1),
    to: through,
    cost: cents(costOf(found.lines)),
    low: cents(found.low),
    high: cents(found.high),
    link: linkOf(rule, found, resource, subject),
    withheld: isOne ? withheldOf(resource, through) : null,
    subject,
    evidence: lines.slice(0, shown).map(evidenceOf),
  };
}

/** Everything that rules find; of the same thing what costs most. */
export function findingsOf(rules: Rule[], books: Books): Finding[] {
  const found = rules.flatMap(rule =>
    rule.find(books).map(one => findingOf(rule, one, books)),
  );
  const dearestLast = found.sort(
    (one, other) => Number(one.cost) - Number(other.cost),
  );
  return [...new Map(dearestLast.map(one => [one.fingerprint, one])).values()];
}
