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
  },
  {
    id: 'python',
    title: 'Python',
    workflow: 'python.yaml',
    layer: 'workflows',
    shows: named('pyproject.toml', 'requirements.txt'),
  },
  {
    id: 'go',
    title: 'Go',
    workflow: 'go.yaml',
    layer: 'workflows',
    shows: named('go.mod'),
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
