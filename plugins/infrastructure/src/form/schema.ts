import { spoken } from '../words/spoken';

/** One value that can be chosen. */
export type Choice = { value: string; label: string };

/** A parameter of an offering, as the form asks for it. */
export type FormField = {
  /** Name of the parameter. */
  name: string;
  /** As problems and rules call it: `parameters.storageGb`. */
  path: string;
  title: string;
  description?: string;
  isRequired: boolean;
  /** What it may be, in words. */
  range: string;
  defaultText?: string;
  placeholder?: string;
} & (
  | { kind: 'text' | 'longText' | 'lines' | 'switch' }
  | { kind: 'number'; isWhole: boolean }
  | { kind: 'choice'; choices: Choice[] }
);

/** What a form asks, and what it cannot ask. */
export type FormFields = {
  fields: FormField[];
  /** Names of parameters whose schema no field is made for. */
  unknown: string[];
  /** What each parameter begins with. */
  defaults: Record<string, unknown>;
};

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function numberRange(schema: Json, unit = ''): string {
  const { minimum, maximum } = schema;
  const of = schema.type === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined) {
    return `${minimum} to ${maximum}${unit}`;
  }
  if (minimum !== undefined) return `${of} from ${minimum}${unit}`;
  if (maximum !== undefined) return `${of} up to ${maximum}${unit}`;
  return `${of}${unit}`;
}

function textRange(schema: Json): string {
  const { minLength, maxLength } = schema;
  const length = [
    minLength !== undefined && `at least ${minLength}`,
    maxLength !== undefined && `at most ${maxLength}`,
  ].filter(Boolean);
  return length.length > 0 ? `text of ${length.join(', ')} letters` : 'text';
}

function defaultTextOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ') || undefined;
  return typeof value === 'object' ? undefined : String(value);
}

function toField(
  name: string,
  schema: Json,
  isRequired: boolean,
): FormField | undefined {
  const hints = isObject(schema['x-form']) ? schema['x-form'] : {};
  const unit = text(hints.unit) ? ` ${hints.unit}` : '';
  const base = {
    name,
    path: `parameters.${name}`,
    title: text(schema.title) ?? spoken(name),
    description: text(schema.description),
    isRequired,
    defaultText: defaultTextOf(schema.default),
    placeholder: text(hints.placeholder),
  };
  if (Array.isArray(schema.enum)) {
    const labels = isObject(hints.labels) ? hints.labels : {};
    const choices = schema.enum.map(String).map(value => ({
      value,
      label: text(labels[value]) ?? value,
    }));
    return {
      ...base,
      kind: 'choice',
      choices,
      range: choices.map(({ label }) => label).join(', '),
    };
  }
  switch (schema.type) {
    case 'string':
      return {
        ...base,
        kind: hints.widget === 'textarea' ? 'longText' : 'text',
        range: textRange(schema),
      };
    case 'integer':
    case 'number':
      return {
        ...base,
        kind: 'number',
        isWhole: schema.type === 'integer',
        range: numberRange(schema, unit),
      };
    case 'boolean':
      return { ...base, kind: 'switch', range: 'yes or no' };
    case 'array':
      return isObject(schema.items) && schema.items.type === 'string'
        ? { ...base, kind: 'lines', range: 'a list of texts, one a line' }
        : undefined;
    default:
      return undefined;
  }
}

/**
 * The fields of a form.
 *
 * @param form - JSON Schema of an object, with `x-form` hints: `widget:
 *   textarea`, `labels` by value of an enum, `unit` of a number, `placeholder`
 */
export function fieldsOf(form: Json): FormFields {
  const properties = isObject(form.properties) ? form.properties : {};
  const required = Array.isArray(form.required) ? form.required : [];
  const fields: FormField[] = [];
  const unknown: string[] = [];
  const defaults: Json = {};
  for (const [name, schema] of Object.entries(properties)) {
    const field =
      isObject(schema) && toField(name, schema, required.includes(name));
    if (field) fields.push(field);
    else unknown.push(name);
    if (isObject(schema) && schema.default !== undefined) {
      defaults[name] = schema.default;
    }
  }
  return { fields, unknown, defaults };
}

/** The value of an enum as its schema has it, which need not be a text. */
export function enumValue(form: Json, name: string, chosen: string): unknown {
  const properties = isObject(form.properties) ? form.properties : {};
  const schema = properties[name];
  const values =
    isObject(schema) && Array.isArray(schema.enum) ? schema.enum : [];
  return values.find(value => String(value) === chosen) ?? chosen;
}
