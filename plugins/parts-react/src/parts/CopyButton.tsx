import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';

/** Copies a text, and says that it did. */
export function CopyButton(props: {
  text: string;
  /** What is copied, for those who do not see what stands beside the button. */
  of?: string;
}) {
  const { text, of } = props;
  const [copied, setCopied] = useState(false);
  const word = copied ? 'Copied' : 'Copy';
  return (
    <Button
      size="small"
      variant="secondary"
      iconStart={copied ? <RiCheckLine /> : <RiFileCopyLine />}
      aria-label={of && `${word} ${of}`}
      onPress={() => {
        // Without leave to write the clipboard, the text is there to be selected.
        navigator.clipboard?.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      {word}
    </Button>
  );
}
