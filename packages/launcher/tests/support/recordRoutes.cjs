/*
 * Loaded into the portal before anything else (NODE_OPTIONS=--require …) by the
 * test of permissions. It remembers under which path each Express layer was
 * mounted, which Express itself forgets, and writes every route of the running
 * portal to the file WAYMARK_ROUTES_FILE when the process gets SIGUSR2.
 */
const fs = require('node:fs');
const http = require('node:http');
const Module = require('node:module');

const mountedAt = new WeakMap();
/** The router behind a layer whose handler another library wrapped in a function. */
const routerBehind = new WeakMap();
const patched = new WeakSet();
const apps = [];

/** Every copy of Express in the tree gets its `use` wrapped once. */
function watch(router) {
  if (patched.has(router)) return;
  patched.add(router);
  const use = router.use;
  router.use = function useAndRemember(...args) {
    const before = this.stack?.length ?? 0;
    const result = use.apply(this, args);
    const path = typeof args[0] === 'function' ? '/' : args[0];
    const handlers = args.flat().filter(arg => typeof arg === 'function');
    (this.stack?.slice(before) ?? []).forEach((layer, index) => {
      mountedAt.set(layer, path);
      if (handlers[index]) routerBehind.set(layer, handlers[index]);
    });
    return result;
  };
}

/** express-promise-router wraps handlers, whole applications among them: watch each router it makes. */
function watchFactory(factory) {
  return Object.assign((...args) => {
    const router = factory(...args);
    watch(router);
    return router;
  }, factory);
}

const load = Module._load;
Module._load = function loadAndWatch(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'express' && loaded?.Router?.use) watch(loaded.Router);
  if (request === 'express-promise-router') {
    const watched = watchFactory(loaded.default ?? loaded);
    return Object.assign(watched, {
      default: watched,
      Router: watched,
      __esModule: true,
    });
  }
  return loaded;
};

const createServer = http.createServer;
http.createServer = function createAndRemember(...args) {
  apps.push(...args.filter(arg => typeof arg === 'function'));
  return createServer.apply(this, args);
};

function join(prefix, path) {
  return `${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

function* routesOf(router, prefix, seen) {
  const stack = router?.stack ?? router?._router?.stack;
  if (!stack || seen.has(router)) return;
  for (const layer of stack) {
    if (layer.route) {
      for (const path of [layer.route.path].flat()) {
        for (const method of Object.keys(layer.route.methods)) {
          yield `${method.toUpperCase()} ${join(prefix, String(path))}`;
        }
      }
      continue;
    }
    for (const path of [mountedAt.get(layer) ?? '/'].flat()) {
      const inner = new Set([...seen, router]);
      const handler = layer.handle.stack
        ? layer.handle
        : routerBehind.get(layer) ?? layer.handle;
      yield* routesOf(handler, join(prefix, String(path)), inner);
    }
  }
}

process.on('SIGUSR2', () => {
  const routes = new Set(
    apps.flatMap(app => [...routesOf(app, '', new Set())]),
  );
  const file = process.env.WAYMARK_ROUTES_FILE;
  fs.writeFileSync(
    `${file}.partial`,
    JSON.stringify([...routes].sort(), null, 2),
  );
  fs.renameSync(`${file}.partial`, file);
});
