import { markShapes } from './markShapes';

/** The product's mark, as large as its class says. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      {markShapes.map(shape => (
        <rect key={shape.fill} {...shape} />
      ))}
    </svg>
  );
}
