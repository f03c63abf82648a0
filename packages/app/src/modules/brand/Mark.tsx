/**
 * The product's mark: the painted double blaze with which walkers' paths are
 * signed, the upper one set off to say that the path turns here.
 */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" fill="var(--waymark-mark-ground)" />
      <rect
        x="16"
        y="6"
        width="6"
        height="9"
        rx="1"
        fill="var(--waymark-mark-turn)"
      />
      <rect
        x="10"
        y="17"
        width="6"
        height="9"
        rx="1"
        fill="var(--waymark-mark-blaze)"
      />
    </svg>
  );
}
