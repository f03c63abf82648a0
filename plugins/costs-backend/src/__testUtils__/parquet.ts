import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The rows of a query as a Parquet file, which DuckDB writes. */
export async function parquet(query: string): Promise<Buffer> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-parquet-'));
  const file = path.join(folder, 'bill.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (${query}) to '${file}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  const content = await fs.readFile(file);
  await fs.rm(folder, { recursive: true });
  return content;
}
