import type { JsonObject, JsonValue } from '@backstage/types';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';

/** Stands where a secret stood. */
const secret = '(sensitive)';
const unknown = '(known after apply)';

type Change = {
  actions: string[];
  before: JsonValue;
  after: JsonValue;
  after_unknown?: JsonValue;
  before_sensitive?: JsonValue;
  after_sensitive?: JsonValue;
  replace_paths?: JsonValue;
  /** That it is there already, and comes into the state by this. */
  importing?: { id?: string };
};

/** One resource in a plan. */
export type ResourceChange = {
  address: string;
  mode?: string;
  type: string;
  name: string;
  provider_name: string;
  action_reason?: string;
  change: Change;
};

type Module = {
  resources?: (JsonObject & {
    values?: JsonValue;
    sensitive_values?: JsonValue;
  })[];
  child_modules?: Module[];
};

/** The part of `terraform show -json` of a plan that is read here. */
export type TerraformPlan = {
  terraform_version: string;
  variables?: Record<string, { value: JsonValue }>;
  resource_changes?: ResourceChange[];
  resource_drift?: ResourceChange[];
  planned_values?: { root_module?: Module };
};

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces what the marks say: `true` in them stands for all that is below. */
function mask(
  value: JsonValue | undefined,
  marks: JsonValue | undefined,
  word: string,
): JsonValue {
  if (marks === true) return word;
  if (Array.isArray(value) && Array.isArray(marks)) {
    return value.map((entry, index) => mask(entry, marks[index], word));
  }
  if (isObject(marks) && (isObject(value) || value === undefined)) {
    const keys = new Set([...Object.keys(value ?? {}), ...Object.keys(marks)]);
    return Object.fromEntries(
      [...keys].map(key => [key, mask(value?.[key], marks[key], word)]),
    );
  }
  return value ?? null;
}

/** A change without secrets; what is not known before it happens says so. */
function openly({ address, type, name, change, ...rest }: ResourceChange) {
  const { before, after, after_unknown: open } = change;
  return {
    address,
    mode: rest.mode ?? 'managed',
    type,
    name,
    provider_name: rest.provider_name,
    change: {
      actions: change.actions,
      before: mask(before, change.before_sensitive, secret),
      after: mask(after, change.after_sensitive, secret),
      after_unknown: open ?? {},
      ...(change.replace_paths !== undefined && {
        replace_paths: change.replace_paths,
      }),
      ...(change.importing && { importing: change.importing }),
    },
  };
}

function withoutSecrets(module: Module): JsonObject {
  return {
    resources: (module.resources ?? []).map(
      ({ values, sensitive_values: marks, ...rest }) => ({
        ...rest,
        values: mask(values, marks, secret),
      }),
    ),
    child_modules: (module.child_modules ?? []).map(withoutSecrets),
  };
}

const managed = ({ mode }: ResourceChange) => mode !== 'data';

/** What rules look at: the plan as `terraform show -json` has it, secrets left out. */
export function documentOf(plan: TerraformPlan): JsonObject {
  return {
    terraform_version: plan.terraform_version,
    variables: plan.variables ?? {},
    resource_changes: (plan.resource_changes ?? []).map(openly),
    planned_values: {
      root_module: withoutSecrets(plan.planned_values?.root_module ?? {}),
    },
  };
}

/** All that decides what applying does. The addresses order it, whatever order it was planned in. */
export function essenceOf(plan: TerraformPlan): JsonValue {
  return (plan.resource_changes ?? [])
    .filter(managed)
    .map(openly)
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

function actionOf(actions: string[]): PlannedChange['action'] {
  if (actions.length > 1) return 'replace';
  const [action] = actions;
  return action === 'create' || action === 'update' || action === 'delete'
    ? action
    : 'keep';
}

const titles: Record<PlannedChange['action'], string> = {
  create: 'Create',
  update: 'Change',
  replace: 'Replace',
  delete: 'Destroy',
  keep: 'Keep',
};
const mostShown = 200;

function shown(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function detailsOf(change: ResourceChange): PlannedChange['details'] {
  const { before, after, after_unknown: open } = openly(change).change;
  const future = mask(after, open, unknown);
  const was = isObject(before) ? before : {};
  const is = isObject(future) ? future : {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .map(field => ({
      field,
      before: shown(was[field]),
      after: shown(is[field]),
    }))
    .filter(detail => detail.before !== detail.after);
}

function titleOf(
  { change }: ResourceChange,
  action: PlannedChange['action'],
  address: string,
): string {
  const { importing } = change;
  if (!importing) return `${titles[action]} ${address}`;
  const taken = `Take over ${importing.id} as ${address}`;
  return action === 'keep' ? taken : `${taken}, and change it`;
}

/** A resource's change in the words of the portal. */
export function plannedChange(resource: ResourceChange): PlannedChange {
  const action = actionOf(resource.change.actions);
  const address = resource.address.replace(/^module\.resource\./, '');
  return {
    action,
    address,
    title: titleOf(resource, action, address),
    ...(action !== 'keep' && { details: detailsOf(resource) }),
  };
}

/** What a plan does with resources, in the words of the portal. */
export function changesOf(plan: TerraformPlan): PlannedChange[] {
  return (plan.resource_changes ?? []).filter(managed).map(plannedChange);
}

/** What happened to resources behind Terraform's back. */
export function driftOf(plan: TerraformPlan): PlannedChange[] {
  return (plan.resource_drift ?? []).filter(managed).map(plannedChange);
}
