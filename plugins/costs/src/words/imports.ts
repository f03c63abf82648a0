import type {
  ImportProgress,
  ImportState,
  StrayChoice,
} from '@waymark/plugin-costs-common';
import {
  RiCheckLine,
  RiArrowGoBackLine,
  RiEqualLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { Tone } from '@waymark/plugin-parts-react';

/** What the states of an import are called, and how each is shown. */
export const stateWords: Record<
  ImportState,
  { text: string; tone: Tone; Icon: RemixiconComponentType }
> = {
  waiting: { text: 'Waiting', tone: 'plain', Icon: RiTimeLine },
  reading: { text: 'Reading', tone: 'info', Icon: RiLoader4Line },
  storing: { text: 'Storing', tone: 'info', Icon: RiLoader4Line },
  done: { text: 'Done', tone: 'positive', Icon: RiCheckLine },
  unchanged: { text: 'Nothing new', tone: 'plain', Icon: RiEqualLine },
  failed: { text: 'Refused', tone: 'negative', Icon: RiErrorWarningLine },
  withdrawn: { text: 'Taken back', tone: 'warning', Icon: RiArrowGoBackLine },
};

/** What can become of a few rows of another billing period. */
export const strayWords: { value: StrayChoice; label: string }[] = [
  { value: 'refuse', label: 'Refuse the file' },
  { value: 'leave', label: 'Leave these rows out' },
  { value: 'replace', label: 'Replace what it overlaps' },
];

/** Whether something still happens to an import. */
export const goesOn = (state: ImportState): boolean =>
  state === 'waiting' || state === 'reading' || state === 'storing';

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** How large a file is. */
export function sizeText(bytes: number): string {
  const power = Math.min(
    sizes.length - 1,
    Math.floor(Math.log10(Math.max(1, bytes)) / 3),
  );
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: sizes[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

const stageWords: Record<ImportProgress['stage'], string> = {
  checking: 'checking the file',
  summing: 'summing up its rows',
  storing: 'storing them',
  allocating: 'finding who bears them',
};

/** How much of how much. */
export const ofAllText = (done: number, total: number): string =>
  `${sizeText(done)} of ${sizeText(total)}`;

/** How far an import is; a share only where one is known. */
export function progressText(progress: ImportProgress): string {
  const { stage, step, steps, done, total } = progress;
  const bytes =
    done === undefined || total === undefined
      ? ''
      : `, ${ofAllText(done, total)}`;
  return `Step ${step} of ${steps}: ${stageWords[stage]}${bytes}`;
}
