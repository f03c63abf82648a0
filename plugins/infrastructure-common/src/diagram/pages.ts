import { requestLifecycle, resourceLifecycle } from '../lifecycle.ts';
import { toSvg, toTable, type Drawn } from './draw.ts';

const request: Drawn = {
  title: 'The life of a request',
  lifecycle: requestLifecycle,
};
const resource: Drawn = {
  title: 'The life of a resource',
  lifecycle: resourceLifecycle,
};

const page = `# Life cycles of requests and resources

Written by \`yarn workspace @waymark/plugin-infrastructure-common draw\` from \`plugins/infrastructure-common/src/lifecycle.ts\`, the only place that says what may happen in which state. A test fails when this page is older.

## Request

One change to one resource, which itself never changes but in state.

![${request.title}](../images/request-lifecycle.svg)

${toTable(request)}

## Resource

What is wanted and what was observed, as its requests and the look at it move it.

![${resource.title}](../images/resource-lifecycle.svg)

${toTable(resource)}
`;

/** What the docs say of the life cycles, by path from the root of the repository. */
export const pages: Record<string, string> = {
  'docs/images/request-lifecycle.svg': toSvg(request),
  'docs/images/resource-lifecycle.svg': toSvg(resource),
  'docs/reference/infrastructure-lifecycle.md': page,
};
