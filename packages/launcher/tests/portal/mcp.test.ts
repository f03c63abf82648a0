import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callAs, type Caller } from '../support/people.ts';

type Message = {
  result: {
    tools?: { name: string }[];
    structuredContent?: Record<string, unknown>;
    content?: { text: string }[];
    isError?: boolean;
  };
};

/** Speaks to the portal as an MCP client of somebody does. */
function send(caller: Caller, method: string, params: object) {
  return callAs(caller, '/api/mcp-actions/v1', {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream' },
    json: { jsonrpc: '2.0', id: 1, method, params },
  });
}

async function resultOf(response: Response): Promise<Message['result']> {
  assert.equal(response.status, 200);
  const text = await response.text();
  const [, data] = /^data: (.*)$/m.exec(text) ?? [];
  assert.ok(data, `no message in ${text}`);
  const { result }: Message = JSON.parse(data);
  return result;
}

async function call(caller: Caller, name: string, args: object) {
  return resultOf(await send(caller, 'tools/call', { name, arguments: args }));
}

test('a program finds what the plugins of this portal offer', async () => {
  const { tools = [] } = await resultOf(
    await send('developer', 'tools/list', {}),
  );
  const names = new Set(tools.map(({ name }) => name));
  for (const name of [
    'golden-paths.check-name',
    'golden-paths.preview-template',
    'repositories.list-repositories',
    'repositories.list-repository-files',
  ]) {
    assert.ok(names.has(name), `${name} is not offered`);
  }
});

test('a program of a developer asks whether a name is free', async () => {
  const { structuredContent } = await call(
    'developer',
    'golden-paths.check-name',
    { name: 'payments-gateway' },
  );
  assert.equal(structuredContent?.available, false);
  assert.deepEqual(structuredContent?.problems, [
    {
      where: 'catalog',
      message:
        'A component named payments-gateway is in the catalog, which ledger owns.',
      entityRef: 'component:default/payments-gateway',
    },
  ]);
});

test('a program previews a template, and nothing is made', async () => {
  const name = 'previewed-by-a-program';
  const { structuredContent } = await call(
    'developer',
    'golden-paths.preview-template',
    {
      templateRef: 'template:default/node-service',
      values: {
        name,
        description: 'Is never made.',
        owner: 'group:default/ledger',
        system: 'system:default/payments-core',
      },
    },
  );
  const files = structuredContent?.files as { path: string }[];
  assert.ok(files.some(({ path }) => path === 'catalog-info.yaml'));
  const { structuredContent: checked } = await call(
    'developer',
    'golden-paths.check-name',
    { name },
  );
  assert.equal(checked?.available, true);
});

test('a program may do no more than the person it acts for', async () => {
  const { isError, content } = await call('viewer', 'golden-paths.check-name', {
    name: 'payments-gateway',
  });
  assert.equal(isError, true);
  assert.match(content?.[0].text ?? '', /golden-paths\.name\.read/);
});

test('nobody who is not signed in is offered anything', async () => {
  for (const method of ['tools/list', 'tools/call']) {
    const response = await send('anonymous', method, {
      name: 'golden-paths.check-name',
      arguments: { name: 'payments-gateway' },
    });
    assert.equal(response.status, 401, method);
  }
});
