import { stripVTControlCharacters } from 'node:util';

/**
 * Lines shown again of one failed test: its name, what was wrong, where. The
 * whole stands where it happened, thousands of lines above.
 */
const lines = 14;

const shorten = (text: string) =>
  text
    .split('\n')
    .map(line => line.trimEnd())
    .filter(Boolean)
    .slice(0, lines)
    .join('\n');

/** The tests that failed, from the list with which Node's `spec` reporter ends. */
export function failuresOfNode(output: string): string[] {
  const [, list = ''] =
    stripVTControlCharacters(output).split(/^✖ failing tests:$/m);
  return list
    .split(/^(?=test at )/m)
    .filter(part => part.startsWith('test at '))
    .map(shorten);
}

/**
 * The tests that failed, from the blocks that Jest opens by "  ●" below the
 * file's name. It repeats them all at the end of a long run; each is taken
 * once. What a test said to the console opens such a block as well.
 */
export function failuresOfJest(output: string): string[] {
  const found = new Set<string>();
  for (const file of stripVTControlCharacters(output).split(/^(?=FAIL )/m)) {
    const [headline] = file.split('\n', 1);
    const blocks = file.matchAll(/^ {2}● .+\n(?:\s*\n| {4}.*\n)*/gm);
    for (const [block] of headline.startsWith('FAIL ') ? blocks : []) {
      if (!block.startsWith('  ● Console\n')) {
        found.add(shorten(`${headline}\n${block}`));
      }
    }
  }
  return [...found];
}
