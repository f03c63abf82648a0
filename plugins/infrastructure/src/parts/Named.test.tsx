import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { Named } from './Named';

it('leads to whom and to what a text names', async () => {
  const { container } = renderPage(
    <Named text="user:default/jonas merged https://git.example.com/pull/7; see (https://ci.example.com/a)." />,
  );
  expect(
    await screen.findByRole('link', { name: 'https://git.example.com/pull/7' }),
  ).toHaveAttribute('href', 'https://git.example.com/pull/7');
  expect(
    screen.getByRole('link', { name: 'https://ci.example.com/a' }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'jonas' })).toHaveAttribute(
    'href',
    '/catalog/default/user/jonas',
  );
  expect(container).toHaveTextContent(
    'jonas merged https://git.example.com/pull/7; see (https://ci.example.com/a).',
  );
});
