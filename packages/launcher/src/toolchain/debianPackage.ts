import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/**
 * Takes the programs out of a package of Debian without installing it: no
 * service is wanted.
 *
 * @param wanted.folder - its name below the toolchain
 * @returns the folder of its programs
 * @throws LaunchFailure that says how to get them
 */
export async function bringDebianPackage(wanted: {
  name: string;
  folder: string;
  remedy: string;
}): Promise<string> {
  const { name, remedy } = wanted;
  const folder = path.join(paths.toolchain, wanted.folder);
  const programs = path.join(folder, 'usr', 'bin');
  if (await fs.stat(programs).catch(() => undefined)) return programs;

  const download = `${folder}.download`;
  await fs.rm(download, { recursive: true, force: true });
  await fs.mkdir(download, { recursive: true });
  // Lists of packages that are old or not there name files that are gone.
  await runLogged(`${wanted.folder}-lists`, 'apt-get', ['update'], {
    remedy,
  }).catch(() => undefined);
  await runLogged(`${wanted.folder}-download`, 'apt-get', ['download', name], {
    cwd: download,
    remedy,
  });
  const [archive] = await fs.readdir(download);
  await runLogged(
    `${wanted.folder}-extract`,
    'dpkg-deb',
    ['--extract', path.join(download, archive), folder],
    { remedy },
  );
  await fs.rm(download, { recursive: true });
  return programs;
}
