import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';

/** The part of Terraform's state, version 4, that is read here. */
const stateShape = z.looseObject({
  version: z.literal(4),
  resources: z.array(
    z.looseObject({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: z.record(z.string(), z.json()).nullish(),
          sensitive_attributes: z.array(z.unknown()).optional(),
        }),
      ),
    }),
  ),
});

const secret = '(sensitive)';
/** Names of what a provider may not have marked. */
const secretName =
  /password|secret|token|private_key|credential|connection_string/i;

const pathShape = z
  .array(z.looseObject({ type: z.string(), value: z.json().optional() }))
  .min(1);

/** The attribute that a mark of Terraform begins with: all of it is left out. */
function markedBy(mark: unknown): string | undefined {
  const path = pathShape.safeParse(mark);
  return path.success ? String(path.data[0].value) : undefined;
}

function withoutNamedSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNamedSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      typeof entry === 'string' && secretName.test(key)
        ? secret
        : withoutNamedSecrets(entry as JsonValue),
    ]),
  );
}

function indexOf(key: string | number | undefined): string {
  return key === undefined ? '' : `[${JSON.stringify(key)}]`;
}

/**
 * What exists, as rules read it: a state of Terraform in the form of
 * `terraform show -json`, secrets left out.
 *
 * @returns undefined when it is no state that is understood, which rules take for none
 */
export function stateValues(state: Buffer): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(state.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = stateShape.safeParse(value);
  if (!parsed.success) return undefined;
  const resources = parsed.data.resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ module, mode, type, name, instances }) =>
      instances.map(instance => {
        const marked = new Set(
          (instance.sensitive_attributes ?? []).map(markedBy),
        );
        const values = Object.fromEntries(
          Object.entries(instance.attributes ?? {}).map(([key, entry]) => [
            key,
            marked.has(key) ? secret : (entry as JsonValue),
          ]),
        );
        return {
          address: `${module ? `${module}.` : ''}${type}.${name}${indexOf(
            instance.index_key,
          )}`,
          mode,
          type,
          name,
          values: withoutNamedSecrets(values),
        };
      }),
    );
  return { values: { root_module: { resources } } };
}
