import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/** A library as Maven Central has it. */
export type Dependency = { group: string; artifact: string; version: string };

const dependency = ({ group, artifact, version }: Dependency) =>
  `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const project = (name: string, dependencies: Dependency[]) =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>waymark</groupId>
  <artifactId>${name}</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.map(dependency).join('\n')}
  </dependencies>
</project>
`;

/**
 * Brings libraries in Java from Maven Central, with all that they need.
 *
 * @param name - of the folder and of the log
 * @returns the folder with the jars, a class path
 * @throws LaunchFailure that says how to get what they are brought with
 */
export async function bringJars(
  name: string,
  version: string,
  dependencies: Dependency[],
): Promise<string> {
  const folder = path.join(paths.toolchain, `${name}-${version}`);
  const jars = path.join(folder, 'jars');
  if (await fs.stat(jars).catch(() => undefined)) return jars;

  const download = path.join(folder, 'download');
  const file = path.join(folder, 'pom.xml');
  await fs.rm(download, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(file, project(name, dependencies));
  await runLogged(
    name,
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
