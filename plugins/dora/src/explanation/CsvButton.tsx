import { useApi } from '@backstage/frontend-plugin-api';
import type { MetricId, RowsQuery } from '@waymark/plugin-dora-common';
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { useState } from 'react';
import { Failure, save } from '@waymark/plugin-parts-react';
import { doraApiRef } from '../api/DoraApi';

/** Saves all rows of a number, those on other pages as well, as a CSV file. */
export function CsvButton(props: { metric: MetricId; query: RowsQuery }) {
  const { metric, query } = props;
  const dora = useApi(doraApiRef);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();

  const download = async () => {
    setPending(true);
    setError(undefined);
    try {
      const text = await dora.getRowsCsv(metric, query);
      save(
        text,
        `${metric}-${query.from}-${query.part ?? 'counted'}.csv`,
        'text/csv',
      );
    } catch (reason) {
      setError(reason as Error);
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isPending={isPending}
        onPress={download}
      >
        Download as CSV
      </Button>
      {error && <Failure title="The file could not be made" error={error} />}
    </>
  );
}
