import {
  focusDimensions,
  type Rule,
  filterText,
  readFilter,
} from '@waymark/plugin-costs-common';

/** Two texts beside each other: a value and an entity, or an entity and its share. */
export type Pair = { ref: string | undefined; text: string };

/** What stands in the fields of a rule; those that its kind does not have keep what was in them. */
export type RuleForm = {
  title: string;
  by: Rule['by'];
  where: string;
  value: string;
  kind: Extract<Rule, { by: 'name' }>['kind'];
  annotation: string;
  entityRef: string | undefined;
  /** Of a list: values and whose they are. */
  entities: Pair[];
  split: Extract<Rule, { by: 'share' }>['split'];
  /** Of a share: between whom; all when it is empty. */
  among: Pair[];
  /** Of fixed shares. */
  shares: Pair[];
};

/** What is wrong, by the field that it is wrong in. */
export type Problems = Partial<Record<keyof RuleForm, string>>;

const empty: RuleForm = {
  title: '',
  by: 'name',
  where: '',
  value: 'Tags/component',
  kind: 'component',
  annotation: '',
  entityRef: undefined,
  entities: [{ ref: undefined, text: '' }],
  split: 'use',
  among: [],
  shares: [{ ref: undefined, text: '1' }],
};

/** The fields of a rule; empty ones for a new rule. */
export function formOf(rule?: Rule): RuleForm {
  if (!rule) return empty;
  const form = {
    ...empty,
    title: rule.title,
    by: rule.by,
    where: rule.where ?? '',
  };
  switch (rule.by) {
    case 'name':
      return { ...form, value: rule.value, kind: rule.kind };
    case 'annotation':
      return { ...form, value: rule.value, annotation: rule.annotation };
    case 'map':
      return {
        ...form,
        value: rule.value,
        entities: Object.entries(rule.entities).map(([text, ref]) => ({
          ref,
          text,
        })),
      };
    case 'entity':
      return { ...form, entityRef: rule.entityRef };
    default:
      return {
        ...form,
        split: rule.split,
        among: (rule.among ?? []).map(ref => ({ ref, text: '' })),
        shares: Object.entries(rule.shares ?? {}).map(([ref, text]) => ({
          ref,
          text,
        })),
      };
  }
}

const isSaid = (name: string) =>
  focusDimensions.includes(name) ||
  /^Tags\/.+/.test(name) ||
  name === 'source' ||
  name === 'BillingPeriodStart';

const noColumn = (name: string) =>
  `Bills do not say “${name}”; name a column of FOCUS such as SubAccountId, or a tag as Tags/team`;

function whereProblem(where: string): string | undefined {
  if (where.trim() === '') return undefined;
  const parts = where.split(',').length;
  const conditions = readFilter(where);
  if (conditions.length < parts) {
    return 'Write it as ServiceName=Amazon EC2,RegionId=eu-west-1; a comma in a value is %2C';
  }
  const unknown = conditions.find(({ name }) => !isSaid(name));
  return unknown && noColumn(unknown.name);
}

const filled = (pairs: Pair[]) =>
  pairs.filter(({ ref, text }) => ref !== undefined || text.trim() !== '');

function pairsProblem(
  pairs: Pair[],
  what: string,
  isText: (text: string) => boolean,
): string | undefined {
  const there = filled(pairs);
  if (there.length === 0) return `Name ${what} at least once`;
  if (there.some(({ ref }) => !ref)) return 'Choose an entity in each row';
  if (there.some(({ text }) => !isText(text.trim()))) {
    return `Write ${what} in each row`;
  }
  return undefined;
}

const isShare = (text: string) =>
  /^\d{1,9}(\.\d{1,9})?$/.test(text) && /[1-9]/.test(text);

/** Looks through the fields of a rule. */
export function problemsOf(form: RuleForm): Problems {
  const looksAt = ['name', 'annotation', 'map'].includes(form.by);
  const found: Problems = {
    title: form.title.trim() === '' ? 'Say what the rule is for' : undefined,
    where: whereProblem(form.where),
    value: looksAt && !isSaid(form.value) ? noColumn(form.value) : undefined,
    annotation:
      form.by === 'annotation' && form.annotation.trim() === ''
        ? 'Name an annotation, such as backstage.io/kubernetes-namespace'
        : undefined,
    entityRef:
      form.by === 'entity' && !form.entityRef
        ? 'Choose who bears it'
        : undefined,
    entities:
      form.by === 'map'
        ? pairsProblem(form.entities, 'a value', text => text !== '')
        : undefined,
    shares:
      form.by === 'share' && form.split === 'fixed'
        ? pairsProblem(form.shares, 'a share above 0', isShare)
        : undefined,
  };
  return Object.fromEntries(
    Object.entries(found).filter(([, problem]) => problem !== undefined),
  );
}

const record = (pairs: [string, string][]) => Object.fromEntries(pairs);

/** The rule that the fields say, once nothing is wrong with them. */
export function ruleOf(form: RuleForm, id: string): Rule {
  const common = {
    id,
    title: form.title.trim(),
    ...(form.where.trim() === ''
      ? {}
      : { where: filterText(readFilter(form.where.trim())) }),
  };
  const { value, kind, split } = form;
  switch (form.by) {
    case 'name':
      return { ...common, by: 'name', value, kind };
    case 'annotation':
      return {
        ...common,
        by: 'annotation',
        value,
        annotation: form.annotation.trim(),
      };
    case 'map':
      return {
        ...common,
        by: 'map',
        value,
        entities: record(
          filled(form.entities).map(({ ref = '', text }) => [text.trim(), ref]),
        ),
      };
    case 'entity':
      return { ...common, by: 'entity', entityRef: form.entityRef ?? '' };
    default: {
      const among = form.among.flatMap(({ ref }) => (ref ? [ref] : []));
      return {
        ...common,
        by: 'share',
        split,
        ...(split !== 'fixed' && among.length > 0 ? { among } : {}),
        ...(split === 'fixed'
          ? {
              shares: record(
                filled(form.shares).map(({ ref = '', text }) => [
                  ref,
                  text.trim(),
                ]),
              ),
            }
          : {}),
      };
    }
  }
}
