import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from 'web-vitals';
import type { Report } from './Reports.ts';

/** Reports how fast the page was for this visitor, and what went wrong in it. */
export function watchPage(report: (report: Report) => void): void {
  const vital = ({ name, value, rating }: Metric) => {
    report({ kind: 'vital', name, value, rating });
  };
  for (const watch of [onCLS, onFCP, onINP, onLCP, onTTFB]) watch(vital);

  const failed = (error: unknown) => {
    const { name, message } =
      error instanceof Error ? error : new Error(String(error));
    report({ kind: 'error', name, message });
  };
  window.addEventListener('error', event => {
    failed(event.error);
  });
  window.addEventListener('unhandledrejection', event => {
    failed(event.reason);
  });
}
