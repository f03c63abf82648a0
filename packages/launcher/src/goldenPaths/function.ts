import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../ports.ts';
import { Collector } from './collector.ts';
import { DynamoDb } from './dynamoDb.ts';
import { readFlags, type Variant } from './flagsFile.ts';
import {
  PlayedLambda,
  type GatewayAnswer,
  type GatewayEvent,
} from './lambda.ts';
import type { Language } from './languages.ts';
import { startOpenTelemetry } from './openTelemetry.ts';
import { ParameterStore } from './parameterStore.ts';
import { checkRefusal } from './promises.ts';
import {
  development,
  requestId,
  RunningService,
  traceId,
} from './runningService.ts';
import { runIn, type Repository } from './step.ts';

const table = 'entries';
const parameter = '/tested/flags';

/** The programs that stand beside the function. */
type Beside = {
  /** The folder of DynamoDB. */
  jars: string;
  moto: string;
  otelcol: string;
};

/** What callers ask, in this order, and what is to be answered. */
const calls: [GatewayEvent, number, RegExp][] = [
  [
    {
      method: 'POST',
      path: '/v1/entries',
      headers: {
        'x-request-id': requestId,
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      },
      body: JSON.stringify({ key: 'opening-hours', text: '9 to 5' }),
    },
    201,
    /"text":"9 to 5"/,
  ],
  [
    {
      method: 'POST',
      path: '/v1/entries',
      body: JSON.stringify({ key: 'opening-hours', text: 'never' }),
    },
    409,
    /"requestId":"JKJaXmPLvHcESHA"/,
  ],
  [{ method: 'GET', path: '/v1/entries/opening-hours' }, 200, /"9 to 5"/],
  [{ method: 'GET', path: '/v1/entries/absent' }, 404, /"requestId"/],
  [{ method: 'GET', path: '/v1/nothing' }, 404, /"status":404/],
];

/** What it tells a collector is there when it has answered: afterwards it may be frozen. */
async function checkCalls(
  lambda: PlayedLambda,
  collector: Collector,
): Promise<void> {
  for (const [event, status, says] of calls) {
    const answer = await lambda.invoke(event);
    const what = `${event.method} ${event.path}: ${answer.body}`;
    assert.equal(answer.statusCode, status, what);
    assert.match(answer.body, says, what);
    const sent = Buffer.concat(collector.received.map(({ body }) => body));
    assert.ok(sent.includes(Buffer.from(traceId, 'hex')), `spans of ${what}`);
    assert.ok(
      sent.includes('http.server.request.duration'),
      `metrics of ${what}`,
    );
  }
}

/** Runs what was packed in a Lambda that is played, while it is asked something. */
async function whilePlayed(
  repository: Repository,
  packed: Language,
  env: NodeJS.ProcessEnv,
  work: (lambda: PlayedLambda, instance: RunningService) => Promise<void>,
): Promise<RunningService> {
  const lambda = await PlayedLambda.start();
  const instance = new RunningService(repository, packed, await freePort(), {
    ...development,
    ...lambda.settings,
    ...env,
  });
  try {
    await Promise.race([
      work(lambda, instance),
      instance.ended.then(code =>
        assert.fail(`it ended with ${code}: ${instance.output}`),
      ),
    ]);
  } finally {
    await instance.stop();
    await lambda.stop();
  }
  return instance;
}

/** It keeps what it is told in a table, and tells a collector of each call. */
async function checkInvocations(
  repository: Repository,
  packed: Language,
  database: DynamoDb,
  telemetry: string,
): Promise<void> {
  await database.makeTable(table);
  const collector = await Collector.start(telemetry);
  const env = {
    ...database.settings,
    TABLE_NAME: table,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  };
  try {
    const instance = await whilePlayed(repository, packed, env, lambda =>
      checkCalls(lambda, collector),
    );
    const line = instance.logs().find(one => one.request_id === requestId);
    assert.equal(line?.trace_id, traceId, 'the trace id of a request in logs');
    assert.equal(
      await database.count(table),
      1,
      'what is kept is in the table',
    );
  } finally {
    await collector.stop();
  }
}

const isRefused = ({ statusCode }: GatewayAnswer) => statusCode === 503;

/** What was turned off by its parameter is refused until it is on again, and nothing starts anew. */
async function checkTurned(
  repository: Repository,
  packed: Language,
  parameters: ParameterStore,
): Promise<void> {
  const saying = await readFlags(repository);
  const turn = (variant: Variant) => parameters.put(parameter, saying(variant));
  const [[create], , [read]] = calls;
  const env = {
    ...parameters.settings,
    FLAGS_PARAMETER: parameter,
    // It is asked until it has heard of the flag.
    RATE_LIMIT_MAX: '100000',
  };
  await turn('on');
  const instance = await whilePlayed(
    repository,
    packed,
    env,
    async (lambda, running) => {
      const created = await lambda.invoke(create);
      assert.equal(created.statusCode, 201, created.body);
      await turn('off');
      await running.until('a flag that was turned off is heeded', async () =>
        isRefused(await lambda.invoke(create)),
      );
      assert.equal((await lambda.invoke(read)).statusCode, 200);
      await turn('on');
      await running.until(
        'a flag that was turned on is heeded',
        async () => !isRefused(await lambda.invoke(create)),
      );
    },
  );
  instance.logs();
}

/** Does something beside a real collector, which then understands the telemetry of the calls. */
async function checkUnderstood(
  program: string,
  folder: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const { collector, url } = await startOpenTelemetry(program, folder);
  try {
    await work(url);
    for (const sign of [
      `Trace ID       : ${traceId}`,
      'Name: http.server.request.duration',
    ]) {
      await collector.until(`${sign} is understood`, () =>
        collector.output.includes(sign),
      );
    }
  } finally {
    await collector.stop();
  }
}

/** Beside a real DynamoDB and a real collector. */
async function checkKept(
  repository: Repository,
  packed: Language,
  { jars, otelcol }: Beside,
): Promise<void> {
  const database = await DynamoDb.start(jars, `${repository.folder}-dynamodb`);
  try {
    // Not out of Go's cache, which knows nothing of the database.
    await runIn(
      repository,
      'table',
      'go',
      ['test', '-count=1', './internal/table'],
      database.settings,
    );
    await checkUnderstood(otelcol, `${repository.folder}-telemetry`, url =>
      checkInvocations(repository, packed, database, url),
    );
  } finally {
    await database.stop();
  }
}

/** Beside what stands in for Systems Manager. */
async function checkFlags(
  repository: Repository,
  packed: Language,
  { moto }: Beside,
): Promise<void> {
  const parameters = await ParameterStore.start(
    moto,
    `${repository.folder}-parameters`,
  );
  try {
    await checkTurned(repository, packed, parameters);
  } finally {
    await parameters.stop();
  }
}

/**
 * Packs the function of a repository as its pipeline does, and invokes it: it
 * keeps what it is told in a real DynamoDB, and refuses to start without one. A
 * real collector understands what it sends. A parameter turns its flags.
 */
export async function checkFunction(
  repository: Repository,
  language: Language,
  beside: Beside,
): Promise<void> {
  await runIn(repository, 'package', 'deploy/build.sh', [
    os.arch() === 'x64' ? 'amd64' : os.arch(),
  ]);
  const packed = {
    ...language,
    start: { program: path.join('dist', 'bootstrap'), args: [] },
  };
  await checkKept(repository, packed, beside);
  await checkFlags(repository, packed, beside);
  await checkRefusal(repository, packed, [
    'TABLE_NAME',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'AUTH_JWKS_URL',
  ]);
}
