import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { Live } from '@waymark/plugin-parts-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { DetailDialog } from './DetailDialog';

const refresh = jest.fn();
const onChanged = jest.fn();
const onClose = jest.fn();
afterEach(() => jest.clearAllMocks());

const show = (asked: Partial<Live<{ name: string }>>) =>
  renderInTestApp(
    <DetailDialog
      noun="anomaly"
      untitled="An anomaly"
      asked={{ refresh, loading: false, ...asked }}
      titleOf={({ name }) => name}
      onChanged={onChanged}
      onClose={onClose}
    >
      {({ name }, onDone) => (
        <button type="button" onClick={onDone}>{`Explain ${name}`}</button>
      )}
    </DetailDialog>,
  );

it('shows what it is about, and has the list learn what was done', async () => {
  const { baseElement } = show({ value: { name: 'A spike' } });
  expect(await screen.findByRole('dialog', { name: 'A spike' })).toBeVisible();
  expect(await axe(baseElement)).toHaveNoViolations();
  await userEvent.click(screen.getByText('Explain A spike'));
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(onChanged).toHaveBeenCalledTimes(1);
  await userEvent.click(screen.getByText('Close'));
  expect(onClose).toHaveBeenCalledTimes(1);
});

it('says what could not be read, and asks again', async () => {
  show({ error: new Error('Nobody there') });
  expect(
    await screen.findByRole('dialog', { name: 'An anomaly' }),
  ).toBeVisible();
  expect(screen.getByText('The anomaly could not be read')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /again/i }));
  expect(refresh).toHaveBeenCalledTimes(1);
});
