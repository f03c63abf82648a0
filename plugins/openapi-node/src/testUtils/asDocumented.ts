import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Contract, Reference, Response } from '../contract';

/** The part of a supertest answer that is looked at. */
type Answer = {
  status: number;
  body: unknown;
  type: string;
  request: { method: string; url: string };
};

const documentId = 'contract';

/** As one segment of a JSON pointer. */
function pointed(text: string): string {
  return encodeURIComponent(text.replace(/~/g, '~0').replace(/\//g, '~1'));
}

function patternOf(template: string, operations: object): RegExp {
  const open = JSON.stringify(operations).includes('"x-multi-segment":true');
  const parts = template.split(/(\{\w+\})/);
  const pattern = parts
    .map((part, index) => {
      if (!part.startsWith('{')) return part.replace(/\./g, '\\.');
      return open && index === parts.length - 2 ? '.+' : '[^/]+';
    })
    .join('');
  return new RegExp(`^${pattern}/?$`);
}

/**
 * A check for supertest's `expect` that an answer is one of those that the API
 * document gives for its operation: status, media type, and the body's schema.
 * A path that is not in the document must not be found.
 *
 * @throws Error, from the check, that names the operation and what is wrong
 */
export function asDocumented(contract: Contract): (answer: Answer) => void {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ ...contract, $id: documentId });
  const validators = new Map<string, ValidateFunction>();
  /** Compiles what the document says at a place; once, as that takes longer than most answers. */
  const validatorAt = (place: string): ValidateFunction => {
    const known = validators.get(place);
    if (known) return known;
    const validate = ajv.compile({ $ref: `${documentId}${place}` });
    validators.set(place, validate);
    return validate;
  };
  const [{ url: prefix }] = contract.servers;
  const templates = Object.entries(contract.paths)
    .map(([template, operations]) => ({
      template,
      operations,
      pattern: patternOf(template, operations),
    }))
    // What is spelled out goes before what is a parameter.
    .sort(
      (a, b) => a.template.split('{').length - b.template.split('{').length,
    );

  return ({ status, body, type, request }) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace(prefix, '') || '/';
    // The document does not document itself.
    if (path === '/openapi.json') return;
    const method = request.method.toLocaleLowerCase('en-US');
    const found = templates.find(
      ({ pattern, operations }) => pattern.test(path) && operations[method],
    );
    if (!found) {
      if (status >= 400) return;
      throw new Error(`${request.method} ${path} is not in the document`);
    }
    const said = `${request.method} ${found.template} answered ${status}`;
    const { responses } = found.operations[method];
    // What is said of all other answers is said of failures.
    const key = status >= 400 && !responses[status] ? 'default' : status;
    const given = responses[key];
    if (!given) throw new Error(`${said}, which the document does not know`);

    const at = isReference(given)
      ? given.$ref
      : `#/paths/${pointed(found.template)}/${method}/responses/${key}`;
    const { content = {} } = resolve(contract, given);
    // Nothing is promised, and nothing is said.
    if (type === '' && Object.keys(content).length === 0) return;
    if (!content[type]) {
      throw new Error(`${said} as ${type}, which the document does not know`);
    }
    if (type !== 'application/json') return;
    const validate = validatorAt(`${at}/content/${pointed(type)}/schema`);
    if (!validate(body)) {
      throw new Error(`${said} with ${ajv.errorsText(validate.errors)}`);
    }
  };
}

function isReference(given: Response | Reference): given is Reference {
  return '$ref' in given;
}

function resolve(contract: Contract, given: Response | Reference): Response {
  if (!isReference(given)) return given;
  return given.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (place, key) => (place as Record<string, unknown>)[key],
      contract,
    ) as Response;
}
