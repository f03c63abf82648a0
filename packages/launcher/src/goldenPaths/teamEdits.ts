import path from 'node:path';
import type { Random } from '../demo/random.ts';

/** The text of files, by path. */
export type Texts = Map<string, string>;

/** What a team did to a repository. */
export type TeamEdits = {
  /** Files as they are afterwards: changed and new ones. */
  changed: Texts;
  /** Lines that the team wrote, by the file they are in. */
  written: { file: string; line: string }[];
};

const comments: Partial<Record<string, (text: string) => string>> = {
  '.ts': text => `// ${text}`,
  '.tsx': text => `// ${text}`,
  '.go': text => `// ${text}`,
  '.java': text => `// ${text}`,
  '.py': text => `# ${text}`,
  '.yaml': text => `# ${text}`,
  '.md': text => `${text}.`,
};

/** Where a file of the team's own lies and what it says, by a file that the language has. */
const ownFiles: Record<string, { path: string; content: string }> = {
  'package.json': {
    path: 'src/team.ts',
    content: 'export const team = (name: string) => `of ${name}`;\n',
  },
  'go.mod': {
    path: 'internal/team/team.go',
    content: '// Package team is ours.\npackage team\n',
  },
  'pom.xml': {
    path: 'src/main/java/com/example/service/Team.java',
    content: 'package com.example.service;\n\nfinal class Team {}\n',
  },
  'pyproject.toml': {
    path: 'src/service/team.py',
    content: 'TEAM = "ours"\n',
  },
};

/**
 * So many lines on each side have to be the same in both versions: as many as
 * Git shows. With fewer, the end of a function that is new looks like the end of
 * the one before it, and an edit between the two is one in the way.
 */
const margin = 3;

/** The line numbers before which the template changes nothing: empty lines between lines that stay. */
function quietPlaces(before: string, after: string): number[] {
  const lines = before.split('\n');
  return lines.flatMap((line, index) => {
    if (line !== '' || index < margin || index > lines.length - margin - 2) {
      return [];
    }
    const around = lines.slice(index - margin, index + margin + 1).join('\n');
    // Twice the same would leave open which of them is meant.
    return after.split(around).length === 2 ? [index] : [];
  });
}

/**
 * Edits a repository as its team would, outside the lines that the template
 * changes: comments and sentences in files of the template, and files of the
 * team's own.
 *
 * @param before - what the template wrote
 * @param after - what its next version writes
 */
export function editAsATeam(
  random: Random,
  before: Texts,
  after: Texts,
): TeamEdits {
  const changed: Texts = new Map();
  const written: TeamEdits['written'] = [];
  for (const [file, text] of before) {
    const comment = comments[path.extname(file)];
    const places = comment ? quietPlaces(text, after.get(file) ?? '') : [];
    if (!comment || places.length === 0 || random.happens(0.4)) continue;
    const at = random.pick(places);
    const line = comment(`Team note ${written.length + 1} in ${file}`);
    const lines = text.split('\n');
    lines.splice(at, 1, '', line, '');
    changed.set(file, lines.join('\n'));
    written.push({ file, line });
  }
  for (const [marker, own] of Object.entries(ownFiles)) {
    if (!before.has(marker)) continue;
    changed.set(own.path, own.content);
    written.push({ file: own.path, line: own.content.split('\n')[0] });
  }
  changed.set('docs/team.md', '# Ours\n');
  written.push({ file: 'docs/team.md', line: '# Ours' });
  return { changed, written };
}
