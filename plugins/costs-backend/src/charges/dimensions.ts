import { InputError } from '@backstage/errors';
import { focusDimensions } from '@waymark/plugin-costs-common';

/** Levels of ownership, by which the catalog rolls up what is allocated. */
export const ownerLevels = [
  'entity',
  'component',
  'system',
  'domain',
  'group',
] as const;

/** Something by which charges are grouped or chosen. */
export type Dimension =
  | { kind: 'column'; name: string }
  | { kind: 'tag'; key: string }
  | { kind: 'source' | 'period' | 'allocation' | 'rule' | 'cause' | 'signal' }
  | { kind: 'owner'; level: (typeof ownerLevels)[number] };

/** A dimension and the values that are meant; null for charges that do not say. */
export type Condition = {
  dimension: Dimension;
  values: (string | null)[];
  /** Of groups: what is theirs alone. That of groups below them is not, nor is what is shared, which is nobody's. */
  isAlone?: true;
};

const tagPrefix = 'Tags/';
const others: Record<string, Dimension> = {
  source: { kind: 'source' },
  BillingPeriodStart: { kind: 'period' },
  allocation: { kind: 'allocation' },
  rule: { kind: 'rule' },
  cause: { kind: 'cause' },
  signal: { kind: 'signal' },
};

/** @param where - the parameter it stands in, for messages */
export function readDimension(name: string, where: string): Dimension {
  if (focusDimensions.includes(name)) return { kind: 'column', name };
  if (name.startsWith(tagPrefix) && name.length > tagPrefix.length) {
    return { kind: 'tag', key: name.slice(tagPrefix.length).trim() };
  }
  const level = ownerLevels.find(candidate => candidate === name);
  if (level) return { kind: 'owner', level };
  if (Object.hasOwn(others, name)) return others[name];
  throw new InputError(
    `${where}: "${name}" is nothing to group or choose by; take a column of FOCUS that is text, Tags/<key>, ${[
      ...Object.keys(others),
      ...ownerLevels,
    ].join(', ')}`,
  );
}

function decoded(value: string): string {
  let text;
  try {
    text = decodeURIComponent(value);
  } catch {
    throw new InputError(
      `filter: "${value}" has a percent sign that begins no character; write %25 for it`,
    );
  }
  if (text.includes('\0')) {
    throw new InputError(
      `filter: "${value}" has %00, a character that no value has; write it without`,
    );
  }
  return text;
}

/** Reads `ServiceName=Amazon EC2,RegionId=eu-west-1`. @throws InputError when it is no filter */
export function readFilter(text: string): Condition[] {
  const values = new Map<string, (string | null)[]>();
  for (const condition of text.split(',')) {
    const at = condition.indexOf('=');
    if (at < 1) {
      throw new InputError(
        `filter: "${condition}" is no condition; write name=value, several with commas between`,
      );
    }
    const name = decoded(condition.slice(0, at)).trim();
    const value = decoded(condition.slice(at + 1)).trim();
    values.set(name, [...(values.get(name) ?? []), value || null]);
  }
  return [...values].map(([name, meant]) => ({
    dimension: readDimension(name, 'filter'),
    values: meant,
  }));
}
