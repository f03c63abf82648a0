import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type {
  FastifySchema,
  FastifySchemaCompiler,
  HTTPMethods,
} from 'fastify';
import { parse } from 'yaml';
import type { operations } from './api-types.js';

export type OperationId = keyof operations;
type Json = Record<string, unknown>;

export interface OperationRoute {
  method: HTTPMethods;
  url: string;
  schema: FastifySchema;
}

export interface Operation {
  id: string;
  method: HTTPMethods;
  /** As the document writes it: `/v1/entries/{key}`. */
  path: string;
  route: OperationRoute;
  /** The schema of a body, by status and with references resolved. */
  responses: Record<string, Json | undefined>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/**
 * The OpenAPI document, which is the source of truth: method, path, validation
 * and serialization of every route come from it.
 */
export class Contract {
  static load(file = new URL('../openapi.yaml', import.meta.url)): Contract {
    return new Contract(readFileSync(file, 'utf8'));
  }

  readonly #document: Json;
  readonly operations: ReadonlyMap<string, Operation>;

  constructor(readonly text: string) {
    this.#document = asObject(parse(text), 'document');
    this.operations = new Map(
      this.#readOperations().map(operation => [operation.id, operation]),
    );
  }

  /** What `app.route()` needs, apart from the handler. */
  route(id: OperationId): OperationRoute {
    const operation = this.operations.get(id);
    if (!operation) {
      throw new Error(`openapi.yaml has no operation ${id}`);
    }
    return operation.route;
  }

  #readOperations(): Operation[] {
    const paths = asObject(this.#document['paths'], 'paths');
    return Object.entries(paths).flatMap(([path, value]) => {
      const item = asObject(value, path);
      return METHODS.filter(method => method in item).map(method =>
        this.#readOperation(path, method, item),
      );
    });
  }

  #readOperation(path: string, method: string, item: Json): Operation {
    const place = `${method} ${path}`;
    const operation = asObject(this.#resolve(item[method]), place);
    const parameters = [item['parameters'], operation['parameters']]
      .flatMap(list => (Array.isArray(list) ? (list as unknown[]) : []))
      .map(parameter => asObject(this.#resolve(parameter), place));
    const responses = Object.fromEntries(
      Object.entries(asObject(operation['responses'], place)).map(
        ([status, response]) => [status, bodySchema(response)],
      ),
    );
    const body = bodySchema(operation['requestBody']);
    const id = operation['operationId'];
    if (typeof id !== 'string') {
      throw new Error(`${place} in openapi.yaml has no operationId`);
    }
    return {
      id,
      path,
      method: method.toUpperCase(),
      responses,
      route: {
        method: method.toUpperCase(),
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        schema: {
          params: parametersSchema(parameters, 'path'),
          querystring: parametersSchema(parameters, 'query'),
          ...(body && { body }),
          // Answers are written by these schemas, so that a field which is not
          // in the document never leaves the service.
          response: Object.fromEntries(
            Object.entries(responses).filter(
              ([status, schema]) => status.startsWith('2') && schema,
            ),
          ),
        },
      },
    };
  }

  /** Replaces local references by what they point to. */
  #resolve(node: unknown, trail: string[] = []): unknown {
    if (Array.isArray(node)) {
      return node.map(part => this.#resolve(part, trail));
    }
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    const reference = (node as Json)['$ref'];
    if (typeof reference !== 'string') {
      return Object.fromEntries(
        Object.entries(node).map(([key, part]) => [
          key,
          this.#resolve(part, trail),
        ]),
      );
    }
    if (!reference.startsWith('#/') || trail.includes(reference)) {
      throw new Error(
        `${reference} in openapi.yaml is not a local reference, or it contains itself`,
      );
    }
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>(
        (part, key) => asObject(part, reference)[key],
        this.#document,
      );
    return this.#resolve(asObject(target, reference), [...trail, reference]);
  }
}

/** OpenAPI 3.1 schemas are JSON Schema 2020-12, Fastify's default is older. */
export function createValidatorCompiler(): FastifySchemaCompiler<FastifySchema> {
  // Only text comes in a path or a query; a body has types of its own.
  const text = addAllFormats(
    new Ajv2020({ coerceTypes: true, useDefaults: true }),
  );
  const body = addAllFormats(new Ajv2020({ useDefaults: true }));
  return ({ schema, httpPart }) =>
    (httpPart === 'body' ? body : text).compile(schema);
}

export function addAllFormats(ajv: Ajv2020): Ajv2020 {
  addFormats.default(ajv);
  return ajv;
}

function parametersSchema(parameters: Json[], place: 'path' | 'query'): Json {
  const here = parameters.filter(parameter => parameter['in'] === place);
  return {
    type: 'object',
    properties: Object.fromEntries(
      here.map(parameter => [parameter['name'], parameter['schema']]),
    ),
    required: here
      .filter(parameter => parameter['required'] === true)
      .map(parameter => parameter['name']),
    additionalProperties: false,
  };
}

function bodySchema(holder: unknown): Json | undefined {
  const { content } = (holder ?? {}) as { content?: Json };
  const media = content && Object.values(content)[0];
  return (media as { schema?: Json } | undefined)?.schema;
}

function asObject(value: unknown, place: string): Json {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`openapi.yaml: ${place} is not an object`);
  }
  return value as Json;
}
