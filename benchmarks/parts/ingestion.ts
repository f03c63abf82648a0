import { setTimeout as delay } from 'node:timers/promises';
import { generateEntities } from '../entities.ts';
import { untilAtRest } from '../portals/backend.ts';
import type { Portal } from '../portals/portal.ts';
import type { Row } from '../results.ts';
import { measureQueries, queryMethod } from './queries.ts';

const wanted = Number(process.env.BENCHMARK_ENTITIES || 10_000);
const limitSeconds = 1_800;

/** Settles when every entity is processed and stitched and nothing waits to be stitched again. */
async function untilStitched(portal: Portal, count: number): Promise<void> {
  const client = await portal.catalogTables();
  const started = performance.now();
  try {
    for (;;) {
      const { rows } = await client.query<{
        stitched: number;
        unprocessed: number;
        waiting: number;
      }>(`select
        (select count(*) from final_entities where final_entity is not null and entity_ref like '%/generated-%')::int as stitched,
        (select count(*) from refresh_state where processed_entity is null and entity_ref like '%/generated-%')::int as unprocessed,
        (select count(*) from stitch_queue)::int as waiting`);
      const { stitched, unprocessed, waiting } = rows[0];
      if (stitched >= count && !unprocessed && !waiting) return;
      if (performance.now() - started > limitSeconds * 1000) {
        throw new Error(
          `${portal.name} had ${stitched} of ${count} entities after ${limitSeconds} s, ${unprocessed} unprocessed, ${waiting} waiting.`,
        );
      }
      await delay(500);
    }
  } finally {
    await client.end();
  }
}

/** What PostgreSQL does by itself in time, and had more of where ingestion took longer. */
async function tidyTables(portal: Portal): Promise<void> {
  const client = await portal.catalogTables();
  await client.query('vacuum analyze').finally(() => client.end());
}

/** The time until many entities are in an empty catalog, then how quickly it answers. */
export async function measureIngestion(portals: Portal[]) {
  const { file, count } = await generateEntities(wanted);
  const ingestion: Row = {
    name: `Ingestion of ${count} entities, until all are stitched`,
    unit: 's',
    waymark: [],
    vanilla: [],
  };
  for (const portal of portals) {
    await portal.empty();
    const backend = await portal.start({ catalogFiles: [file] });
    const started = performance.now();
    await untilStitched(portal, count);
    ingestion[portal.name].push((performance.now() - started) / 1000);
    await backend.stop();
  }
  const running = [];
  try {
    for (const portal of portals) {
      running.push(await portal.start({ catalogFiles: [file] }));
    }
    await untilAtRest(running);
    for (const portal of portals) await tidyTables(portal);
    const rows = await measureQueries(portals);
    return {
      title: `A catalog of ${count} entities`,
      method: `The generated entities have owners, systems, domains, APIs and dependencies, and come from one file location beside the demo organisation. Ingestion is measured once for each portal, one after the other, from readiness until every entity is stitched and nothing waits to be stitched again. Vanilla does not read 15 of the demo organisation’s APIs, whose specifications stand in files beside them; they are not counted. Before the queries both portals came to rest, and both databases were vacuumed and analysed. ${queryMethod} The number is that of BENCHMARK_ENTITIES.`,
      rows: [ingestion, ...rows],
    };
  } finally {
    for (const backend of running) await backend.stop();
  }
}
