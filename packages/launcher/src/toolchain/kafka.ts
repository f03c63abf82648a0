import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/** Of Apache Kafka, as Maven Central has it. */
export const kafkaVersion = '4.3.1';

const dependency = (group: string, artifact: string, version: string) =>
  `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>waymark</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion)}
${dependency('org.apache.kafka', 'kafka-tools', kafkaVersion)}
${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
  </dependencies>
</project>
`;

/**
 * Brings Apache Kafka from Maven Central: the broker and its own tools.
 *
 * @returns the folder with its jars, the class path
 * @throws LaunchFailure that says how to get what it is brought with
 */
export async function bringKafka(): Promise<string> {
  const folder = path.join(paths.toolchain, `kafka-${kafkaVersion}`);
  const jars = path.join(folder, 'jars');
  if (await fs.stat(jars).catch(() => undefined)) return jars;

  const download = path.join(folder, 'download');
  const file = path.join(folder, 'pom.xml');
  await fs.rm(download, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(file, project);
  await runLogged(
    'kafka',
    'mvn',
    [
      ...['--quiet', '--batch-mode', '--file', file],
      'dependency:copy-dependencies',
      `-DoutputDirectory=${download}`,
      '-DincludeScope=runtime',
    ],
    {
      remedy: 'Install Java and Maven, and check that Maven Central answers.',
    },
  );
  await fs.rename(download, jars);
  return jars;
}
