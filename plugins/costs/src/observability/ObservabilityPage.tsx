import { Container, Select, Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { colours } from '../charts/Swatch';
import { MeasureSelect } from '../parts/Choices';
import { NoBills } from '../parts/NoBills';
import { CurrencySelect } from '../rates/CurrencySelect';
import { ConversionNote } from '../rates/ConversionNote';
import { billedCurrencies } from '../charts/stack';
import { monthTitle } from '../view/months';
import { useView } from '../view/useView';
import { SignalRules } from './SignalRules';
import { SignalTrend } from './SignalTrend';
import { TeamsTable } from './TeamsTable';
import { useSignals } from './useSignals';
import styles from './Observability.module.css';

/** What logs, metrics and traces cost: in all, month by month, and of each team. */
export function ObservabilityPage() {
  const { view, change } = useView();
  const signals = useSignals(view, new Date());
  const { live, answer, currency, month, months } = signals;
  return (
    <Container>
      <div className={`${styles.page} ${colours}`}>
        {live.error && (
          <Failure
            title="The costs could not be read"
            error={live.error}
            onRetry={live.refresh}
          />
        )}
        {!answer && !live.error && <Skeleton width="100%" height={360} />}
        {answer && (!currency || !month) && (
          <Panel title="No costs of observability">
            <NoBills title="No charge of the last 13 months is for logs, metrics or traces">
              This is not zero: no charge is of a service that counts as one of
              these. Look below at what does.
            </NoBills>
          </Panel>
        )}
        {answer && currency && month && (
          <>
            <div className={styles.bar}>
              <Select
                aria-label="Month"
                className={styles.month}
                options={[...months]
                  .reverse()
                  .map(one => ({ value: one, label: monthTitle(one) }))}
                value={month}
                onChange={key => change({ month: String(key) })}
              />
              <MeasureSelect
                value={view.measure}
                onChange={measure => change({ measure })}
              />
              <CurrencySelect
                value={currency}
                into={view.into}
                offered={billedCurrencies(answer, signals.currencies)}
                onChange={change}
              />
            </div>
            {answer.conversion && (
              <ConversionNote conversion={answer.conversion} />
            )}
            <SignalTrend
              signals={{ answer, currency, month, months }}
              measure={view.measure}
              isBusy={live.loading}
              onChoose={chosen => change({ month: chosen })}
            />
            <TeamsTable view={view} month={month} currency={currency} />
          </>
        )}
        <SignalRules />
      </div>
    </Container>
  );
}
