type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

/** As Backstage's router calls a method: `delete` is a word of the language. */
type Called<M extends Method> = M extends 'delete' ? '_delete' : M;

type Json<T> = T extends { content: { 'application/json': infer Body } }
  ? Body
  : never;

type Part<T, Name extends 'path' | 'query'> = T extends {
  parameters: { [Key in Name]?: infer Values };
}
  ? [NonNullable<Values>] extends [never]
    ? {}
    : NonNullable<Values>
  : {};

type Endpoint<T> = {
  path: Part<T, 'path'>;
  query: Part<T, 'query'>;
  body: T extends { requestBody: infer Body } ? Json<Body> : {};
  response: T extends { responses: { 200: infer Answer } }
    ? Json<Answer>
    : T extends { responses: { 201: infer Answer } }
    ? Json<Answer>
    : T extends { responses: { 202: infer Answer } }
    ? Json<Answer>
    : void;
};

type EndpointName<Paths> = {
  [P in keyof Paths & string]: {
    [M in Method]: Paths[P] extends Record<M, { responses: object }>
      ? `#${Called<M>}|${P}`
      : never;
  }[Method];
}[keyof Paths & string];

/**
 * What Backstage's typed router wants to know of each endpoint, derived from the
 * `paths` that openapi-typescript makes of an API document.
 */
export type EndpointsOf<Paths> = {
  [N in EndpointName<Paths>]: N extends `#${infer M}|${infer P}`
    ? P extends keyof Paths
      ? (
          M extends '_delete' ? 'delete' : M
        ) extends infer Verb extends keyof Paths[P]
        ? Endpoint<Paths[P][Verb]>
        : never
      : never
    : never;
};
