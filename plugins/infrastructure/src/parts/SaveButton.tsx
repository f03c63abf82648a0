import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { Failure, save, useDeed } from '@waymark/plugin-parts-react';

/** Asks for a text and gives it to the person as a file. */
export function SaveButton(props: {
  text: string;
  file: { name: string; type: string };
  read: () => Promise<string>;
}) {
  const { text, file, read } = props;
  const deed = useDeed();
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isPending={deed.isPending}
        onPress={() =>
          deed.run(async () => save(await read(), file.name, file.type))
        }
      >
        {text}
      </Button>
      {deed.error && (
        <Failure title="The file could not be made" error={deed.error} />
      )}
    </>
  );
}
