import { InputError } from '@backstage/errors';
import type {
  Existing,
  Order,
  Standing,
} from '@waymark/plugin-infrastructure-node';
import { markedIn } from './manifests';
import { requestIn, resourceLine } from './message';
import type { Repository } from './Repository';

/** How what stands there is called. */
const address = 'folder';

/** Everything of a module in a repository that carries our mark, by the resource that it names. */
export async function survey(
  repository: Repository,
  module: string,
): Promise<Standing[]> {
  const { path } = repository.settings;
  const tip = await repository.tip();
  const files = [...(await repository.files(tip, path))].filter(
    ([file]) => file.split('/').at(-3) === module,
  );
  const texts = await repository.texts(files.map(([, blob]) => blob));
  const found = new Map<string, string>();
  for (const [index, [file]] of files.entries()) {
    const resource = markedIn(texts[index]);
    if (resource) found.set(file.slice(0, file.lastIndexOf('/')), resource);
  }
  return Promise.all(
    [...found].map(async ([folder, resourceId]) => {
      const commit = await repository.find(resourceLine(resourceId), tip);
      return {
        resourceId,
        // A merge that squashed the message away keeps the mark alone.
        requestId: commit ? requestIn(await repository.message(commit)) : '',
        title: `folder ${folder}`,
        existing: [{ address, id: folder }],
      };
    }),
  );
}

/** @throws InputError where this names no folder */
export function requireFolder(existing: Existing[]): void {
  if (existing.length === 1 && existing[0].address === address) return;
  throw new InputError(
    'existing must name the folder of the repository: [{ "address": "folder", "id": "clusters/staging/kubernetes-namespace/orders" }]',
  );
}

/** @throws InputError where an order takes over another folder than its own would be */
export function requireSameFolder(
  { resource, takesOver }: Order,
  folder: string,
) {
  const [existing] = resource.existing ?? [];
  if (takesOver && existing?.id !== folder) {
    throw new InputError(
      `With this name and environment it is kept in ${folder}, and ${existing?.id} was to be taken over. Choose those that give this folder.`,
    );
  }
}
