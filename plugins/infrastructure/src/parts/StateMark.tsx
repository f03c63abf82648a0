import {
  RiAlertLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiLoader4Line,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import { Mark, type Tone } from '@waymark/plugin-parts-react';
import type { StateWords } from '../words/states';

const icons: Record<Tone, RemixiconComponentType> = {
  positive: RiCheckLine,
  negative: RiCloseCircleLine,
  warning: RiAlertLine,
  info: RiLoader4Line,
  plain: RiForbidLine,
};

/** How a request or a resource is, in a word, a sign and a colour. */
export function StateMark({ words }: { words: StateWords }) {
  return <Mark tone={words.tone} Icon={icons[words.tone]} text={words.text} />;
}
