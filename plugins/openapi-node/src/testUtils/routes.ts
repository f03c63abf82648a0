import type { Contract, Parameter } from '../contract';

type Layer = {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
};

/** Every route of Express routers, as `GET /names/:name`, in alphabetical order. */
export function servedRoutes(...routers: unknown[]): string[] {
  const routesOf = (layers: Layer[]): string[] =>
    layers.flatMap(({ route, handle }) =>
      route
        ? [route.path]
            .flat()
            .flatMap(path =>
              Object.keys(route.methods).map(
                method => `${method.toLocaleUpperCase('en-US')} ${path}`,
              ),
            )
        : routesOf(handle?.stack ?? []),
    );
  return [
    ...new Set(
      routers
        .flatMap(router => routesOf((router as { stack: Layer[] }).stack))
        // The document does not document itself, nor what Backstage adds to every plugin.
        .filter(
          route =>
            !/ \/(openapi\.json$|\.backstage\/|\.well-known\/)/.test(route),
        ),
    ),
  ].sort();
}

/** Every operation of an API document, written as its route in Express would be. */
export function documentedRoutes(contract: Contract): string[] {
  return Object.entries(contract.paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { parameters = [] }]) => {
        const open = parameters.find(
          (parameter): parameter is Parameter =>
            'x-multi-segment' in parameter &&
            parameter['x-multi-segment'] === true,
        );
        const route = path
          .replace(open ? `{${open.name}}` : '', open ? '*' : '')
          .replace(/\{(\w+)\}/g, ':$1');
        return `${method.toLocaleUpperCase('en-US')} ${route}`;
      }),
    )
    .sort();
}
