import type {
  NewRequest,
  Problem,
  RequestDetail,
  ResourceDetail,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import { production } from '../words/states';

/** The fields that every form has, whatever is asked for. */
export type CommonField =
  | 'name'
  | 'environment'
  | 'owner'
  | 'component'
  | 'dataClass'
  | 'timeToLiveDays'
  | 'reason';

/** How the fields that every form has are called. */
export const fieldTitles: Record<CommonField, string> = {
  name: 'Name',
  environment: 'Environment',
  owner: 'Owner',
  component: 'Component',
  dataClass: 'Data class',
  timeToLiveDays: 'Days to live',
  reason: 'Reason',
};

/** What a new request begins with: what links say, then what was kept, then the form's defaults. */
export function beginWith(options: {
  defaults: Record<string, unknown>;
  environments: string[];
  kept?: Wish;
  given: Pick<Wish, 'component' | 'owner' | 'environment'>;
}): Wish {
  const { defaults, environments, kept, given } = options;
  const said = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return {
    environment: environments[0],
    ...kept,
    ...said,
    parameters: kept ? kept.parameters : defaults,
  };
}

/** What an update begins with: the resource as it is. */
export function beginFrom(resource: ResourceDetail): Wish {
  const { id, name, environment, owner, component, dataClass, parameters } =
    resource;
  return {
    resourceId: id,
    name,
    environment,
    owner,
    component,
    dataClass,
    parameters: { ...parameters },
  };
}

/** What a form begins with that asks again: what was asked for. */
export function beginAgain(request: RequestDetail): Wish {
  const { kind, resourceId, resourceName, environment, owner, component } =
    request;
  const { dataClass, timeToLiveDays, parameters, reason } = request;
  return {
    ...(kind === 'update' && { resourceId }),
    name: resourceName,
    environment,
    owner,
    component,
    dataClass,
    timeToLiveDays,
    parameters: { ...parameters },
    reason,
  };
}

const parameterPrefix = 'parameters.';

/** A value as an address has it, in the kind that the form has there. */
function valueLike(text: string, now: unknown): unknown {
  if (typeof now === 'number' && text.trim() && Number.isFinite(Number(text))) {
    return Number(text);
  }
  if (typeof now === 'boolean' && ['true', 'false'].includes(text)) {
    return text === 'true';
  }
  return text;
}

/** A wish with the reason and the parameters that an address fills in; those that it does not have already are none. */
export function filledIn(wish: Wish, params: URLSearchParams): Wish {
  const { parameters = {} } = wish;
  const said = [...params].flatMap(([key, text]) => {
    const name = key.slice(parameterPrefix.length);
    return key.startsWith(parameterPrefix) && Object.hasOwn(parameters, name)
      ? [[name, valueLike(text, parameters[name])] as const]
      : [];
  });
  const reason = params.get('reason') ?? wish.reason;
  return {
    ...wish,
    ...(reason ? { reason } : {}),
    parameters: { ...parameters, ...Object.fromEntries(said) },
  };
}

/** What may end by itself: all that is not in production. */
export function mayEnd(wish: Wish): boolean {
  return wish.environment !== production;
}

/** What is taken over, where a form is for something that stands there already. */
export type Taking = Pick<NewRequest, 'existing' | 'markedFor'>;

/** What an address says is to be taken over; undefined when it says nothing of the kind. */
export function takingOf(params: URLSearchParams): Taking | undefined {
  if (!params.has('existing')) return undefined;
  const existing = params.getAll('existing').flatMap(text => {
    const [address, ...id] = text.split('=');
    return id.length > 0 ? [{ address, id: id.join('=') }] : [];
  });
  return { existing, markedFor: params.get('markedFor') ?? undefined };
}

/** What a request wanted to take over; undefined when it asked for something else. */
export function takingOfRequest({
  kind,
  existing,
  markedFor,
}: RequestDetail): Taking | undefined {
  return kind === 'import' ? { existing, markedFor } : undefined;
}

/** What is taken over, to be part of an address. */
export function addressOfTaking({ existing = [], markedFor }: Taking): string {
  return new URLSearchParams([
    ...existing.map(({ address, id }) => ['existing', `${address}=${id}`]),
    ...(markedFor ? [['markedFor', markedFor]] : []),
  ]).toString();
}

/** What is asked for, once the form is filled in. */
export function requestOf(
  offering: string,
  wish: Wish,
  taking?: Taking,
): NewRequest {
  const { resourceId, parameters, reason, dataClass } = wish;
  const timeToLiveDays = mayEnd(wish) ? wish.timeToLiveDays : undefined;
  if (resourceId) {
    return {
      kind: 'update',
      resourceId,
      parameters,
      reason,
      dataClass,
      timeToLiveDays,
    };
  }
  const { name, environment, owner, component } = wish;
  return {
    ...(taking ? { kind: 'import', ...taking } : { kind: 'create' }),
    offering,
    name,
    environment,
    owner,
    component,
    dataClass,
    timeToLiveDays,
    parameters,
    reason,
  };
}

/** What is said at a field: the first problem of it or of what is inside it. */
export function problemAt(
  problems: Problem[],
  path: string,
): string | undefined {
  return problems.find(
    ({ field }) =>
      field === path ||
      field.startsWith(`${path}.`) ||
      field.startsWith(`${path}[`),
  )?.message;
}
