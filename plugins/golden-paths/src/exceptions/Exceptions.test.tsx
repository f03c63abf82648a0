import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ExceptionVerdict,
  NewException,
} from '@waymark/plugin-golden-paths-common';
import { axe } from 'jest-axe';
import {
  entityRef,
  exception,
  renderFleet,
} from '../__testUtils__/renderFleet';
import { EntityExceptions } from './EntityExceptions';
import { ExceptionsRoutes } from './ExceptionsRoutes';

const at = (path: string) => ({
  address: `/golden-paths/exceptions${path}`,
  mountPath: '/golden-paths/exceptions/*',
});

it('lists what is let off, with the reason and the last day', async () => {
  const { container } = renderFleet(<ExceptionsRoutes />, {
    ...at('?state=pending'),
    fleet: {
      listExceptions: async query => {
        expect(query).toMatchObject({ state: 'pending', offset: 0 });
        return { items: [exception], total: 1 };
      },
    },
  });
  expect(await screen.findByText(exception.reason)).toBeVisible();
  expect(screen.getByText('31 Mar 2027')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

it('lets whoever may decide, with a comment', async () => {
  const said: ExceptionVerdict[] = [];
  const { container } = renderFleet(<ExceptionsRoutes />, {
    ...at(`/${exception.id}`),
    fleet: {
      getException: async () =>
        said.length ? { ...exception, state: 'granted' } : exception,
      decideException: async (_, verdict) => {
        said.push(verdict);
        return exception;
      },
    },
  });
  await userEvent.type(await screen.findByLabelText('Comment'), 'Until then.');
  expect(await axe(container)).toHaveNoViolations();
  await userEvent.click(screen.getByRole('button', { name: 'Grant it' }));
  expect(await screen.findByText(/It holds to the end of/)).toBeVisible();
  expect(said).toEqual([{ verdict: 'grant', comment: 'Until then.' }]);
});

it('shows others only that it waits', async () => {
  const { permissionsKnown } = renderFleet(<ExceptionsRoutes />, {
    ...at(`/${exception.id}`),
    isAllowed: false,
    fleet: { getException: async () => exception },
  });
  expect(
    await screen.findByText(/A platform engineer who did not/),
  ).toBeVisible();
  await permissionsKnown();
  expect(screen.queryByRole('button', { name: 'Grant it' })).toBeNull();
});

it('is asked for on the page of the component, with a reason', async () => {
  const asked: NewException[] = [];
  renderFleet(<EntityExceptions entityRef={entityRef} kind="golden-path" />, {
    fleet: {
      listExceptions: async () => ({
        items: asked.length ? [exception] : [],
        total: asked.length,
      }),
      askException: async wanted => {
        asked.push(wanted);
        return exception;
      },
    },
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Ask for an exception' }),
  );
  const send = screen.getByRole('button', { name: 'Ask the platform team' });
  expect(send).toBeDisabled();
  await userEvent.type(
    screen.getByLabelText(/Why, and what happens/),
    'It is replaced in spring.',
  );
  await userEvent.click(send);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({
    entityRef,
    kind: 'golden-path',
    reason: 'It is replaced in spring.',
  });
  expect(await screen.findByText('Waits for a decision')).toBeVisible();
});
