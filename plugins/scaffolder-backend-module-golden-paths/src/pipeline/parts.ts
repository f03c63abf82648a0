/** A kind of thing that the standard pipeline checks, and how a repository shows that it has it. */
export type PipelinePart = {
  id: PartId;
  title: string;
  /** The name of its file in `.github/workflows`. */
  workflow: string;
  /** The layer that brings the file. */
  layer: 'workflows' | 'terraform' | 'image';
  /** Whether a file of this name, without its folder, shows it. */
  shows: (fileName: string) => boolean;
  /**
   * Whether a directory with these files, within another one of its kind, is a
   * matter of its own, which the tool of the outer one passes over. Without it,
   * none is.
   */
  isApart?: (fileNames: ReadonlySet<string>) => boolean;
  /** A part that is looked for at the root only, because its workflow takes no directory. */
  rootOnly?: true;
};

/** The parts, as a form names them. */
export const partIds = [
  'node',
  'python',
  'go',
  'java',
  'container',
  'helm',
  'terraform',
] as const;

export type PartId = (typeof partIds)[number];

const named =
  (...names: string[]) =>
  (fileName: string) =>
    names.includes(fileName);

/** What the standard pipeline knows, in the order in which it checks. */
export const pipelineParts: PipelinePart[] = [
  {
    id: 'node',
    title: 'Node.js',
    workflow: 'node.yaml',
    layer: 'workflows',
    shows: named('package.json'),
    // Without a lockfile it belongs to the workspace of the outer one.
    isApart: files =>
      ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'].some(name =>
        files.has(name),
      ),
  },
  {
    id: 'python',
    title: 'Python',
    workflow: 'python.yaml',
    layer: 'workflows',
    shows: named('pyproject.toml', 'requirements.txt'),
    // Requirements alone may be those of the docs or of a tool of the outer one.
    isApart: files => files.has('pyproject.toml'),
  },
  {
    id: 'go',
    title: 'Go',
    workflow: 'go.yaml',
    layer: 'workflows',
    shows: named('go.mod'),
    // `./...` ends where another module begins.
    isApart: () => true,
  },
  {
    id: 'java',
    title: 'Java',
    workflow: 'java.yaml',
    layer: 'workflows',
    shows: named('pom.xml', 'build.gradle', 'build.gradle.kts'),
  },
  {
    id: 'container',
    title: 'Container image',
    workflow: 'image.yaml',
    layer: 'image',
    shows: named('Dockerfile'),
    rootOnly: true,
  },
  {
    id: 'helm',
    title: 'Helm',
    workflow: 'helm.yaml',
    layer: 'workflows',
    shows: named('Chart.yaml'),
  },
  {
    id: 'terraform',
    title: 'Terraform',
    workflow: 'terraform.yaml',
    layer: 'terraform',
    shows: fileName => fileName.endsWith('.tf'),
  },
];
