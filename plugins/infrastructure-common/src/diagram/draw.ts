import type { Transition } from '../lifecycle.ts';

/** A life cycle as it is to be drawn. */
export type Drawn = {
  title: string;
  lifecycle: readonly Transition<string, string>[];
};

const width = 960;
const rowHeight = 44;
const gap = 20;
const top = 60;
const box = { width: 150, height: 34 };
/** From the state to its arrows, and along one. */
const trunk = 24;
const shaft = 100;
const columns = [24, 500];

const colours = {
  paper: '#f6f4ef',
  line: '#3d4f50',
  border: '#c9c2b2',
  state: '#fff',
  end: '#e7e2d6',
};

/** The states in the order in which they are reached. */
export function statesOf({ lifecycle }: Drawn): string[] {
  const states = new Set<string>();
  for (const { from } of lifecycle) states.add(from);
  for (const { to } of lifecycle) states.add(to);
  return [...states];
}

const words = (name: string) =>
  name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);

type Block = {
  state: string;
  x: number;
  y: number;
  arrows: Drawn['lifecycle'];
};

const heightOf = (arrows: Drawn['lifecycle']) =>
  arrows.length * rowHeight + gap;

/** The states that something leads out of, in two columns of about the same height. */
function blocksOf(drawn: Drawn): { blocks: Block[]; height: number } {
  const states = statesOf(drawn)
    .map(state => ({
      state,
      arrows: drawn.lifecycle.filter(({ from }) => from === state),
    }))
    .filter(({ arrows }) => arrows.length > 0);
  const whole = states.reduce((sum, { arrows }) => sum + heightOf(arrows), 0);
  let column = 0;
  let y = 0;
  let tallest = 0;
  const blocks = states.map(({ state, arrows }) => {
    if (column === 0 && y >= whole / 2) {
      column = 1;
      y = 0;
    }
    const block = { state, x: columns[column], y: top + y, arrows };
    y += heightOf(arrows);
    tallest = Math.max(tallest, y);
    return block;
  });
  return { blocks, height: top + tallest };
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x}" y="${y}"${attributes}>${content}</text>`;
}

function pill(at: { x: number; y: number }, state: string, fill: string) {
  return [
    `<rect x="${at.x}" y="${at.y}" width="${box.width}" height="${box.height}" rx="8" fill="${fill}" stroke="${colours.border}"/>`,
    text(
      at.x + box.width / 2,
      at.y + 22,
      words(state),
      ' text-anchor="middle"',
    ),
  ].join('\n    ');
}

function drawBlock({ state, x, y, arrows }: Block, living: Set<string>) {
  const from = x + box.width;
  const middle = y + box.height / 2;
  const fork = from + trunk;
  const lowest = middle + (arrows.length - 1) * rowHeight;
  return [
    '<g>',
    `  <path d="M${from} ${middle}H${fork}V${lowest}" fill="none" stroke="${colours.line}"/>`,
    `  ${pill({ x, y }, state, colours.state)}`,
    ...arrows.map(({ event, to }, index) => {
      const at = middle + index * rowHeight;
      return [
        `  <path d="M${fork} ${at}h${shaft - 3}" stroke="${
          colours.line
        }" marker-end="url(#a)"/>`,
        text(
          fork + shaft / 2,
          at - 6,
          words(event),
          ' text-anchor="middle" font-size="12"',
        ),
        pill(
          { x: fork + shaft, y: at - box.height / 2 },
          to,
          living.has(to) ? colours.state : colours.end,
        ),
      ].join('\n    ');
    }),
    '</g>',
  ].join('\n  ');
}

/** The life cycle as a picture: each state with all that leads out of it. */
export function toSvg(drawn: Drawn): string {
  const { blocks, height } = blocksOf(drawn);
  const living = new Set(blocks.map(({ state }) => state));
  const told = drawn.lifecycle
    .map(
      ({ from, event, to }) =>
        `${words(from)}: ${words(event)}, then ${words(to)}`,
    )
    .join('; ');
  const body = blocks.map(block => drawBlock(block, living));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="14" fill="#22302f">
  <title id="t">${drawn.title}</title>
  <desc id="d">${told}. States that nothing leads out of are shaded.</desc>
  <defs>
    <marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="${
      colours.line
    }"/></marker>
  </defs>
  <rect width="${width}" height="${height}" rx="12" fill="${colours.paper}"/>
  ${text(columns[0], 36, drawn.title, ' font-size="16" font-weight="600"')}
  ${body.join('\n  ')}
</svg>
`;
}

/** The life cycle as a table, with the reason of each arrow. */
export function toTable({ lifecycle }: Drawn): string {
  return [
    '| From | What happens | To | Why |',
    '| --- | --- | --- | --- |',
    ...lifecycle.map(
      ({ from, event, to, because }) =>
        `| ${words(from)} | ${words(event)} | ${words(to)} | ${because} |`,
    ),
  ].join('\n');
}
