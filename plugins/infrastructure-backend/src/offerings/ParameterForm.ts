import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Problem } from '@waymark/plugin-infrastructure-common';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Defaults are filled in; nothing is converted, so that "5" is not taken for 5. */
const ajv = addFormats(
  new Ajv({ allErrors: true, useDefaults: true, strict: true }).addKeyword(
    'x-form',
  ),
);

function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const path = instancePath.split('/').filter(Boolean);
  if (keyword === 'required') path.push(params.missingProperty);
  if (keyword === 'additionalProperties') path.push(params.additionalProperty);
  return ['parameters', ...path].join('.');
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is needed';
    case 'additionalProperties':
      return 'is not a parameter of this offering';
    case 'enum':
      return `must be one of ${params.allowedValues.join(', ')}`;
    default:
      return message ?? 'is not right';
  }
}

/** The form of an offering, ready to check parameters. */
export class ParameterForm {
  readonly #validate: ValidateFunction;

  /** @throws InputError when it is no JSON Schema that could be checked by */
  constructor(schema: JsonObject) {
    try {
      this.#validate = ajv.compile(schema);
    } catch (error) {
      throw new InputError(`spec.parameters: ${(error as Error).message}`);
    }
  }

  /** The parameters with defaults filled in, and what is not right about them. */
  check(given: JsonObject): { parameters: JsonObject; problems: Problem[] } {
    const parameters: JsonObject = structuredClone(given);
    this.#validate(parameters);
    return {
      parameters,
      problems: (this.#validate.errors ?? []).map(error => ({
        field: fieldOf(error),
        message: messageOf(error),
      })),
    };
  }
}
