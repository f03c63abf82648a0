/**
 * The product's mark: the painted double blaze with which walkers' paths are
 * signed, the upper one set off to say that the path turns here. Rectangles in
 * a square of 32, from the back to the front.
 */
export const markShapes = [
  { x: 0, y: 0, width: 32, height: 32, rx: 8, fill: 'ground' },
  { x: 16, y: 6, width: 6, height: 9, rx: 1, fill: 'turn' },
  { x: 10, y: 17, width: 6, height: 9, rx: 1, fill: 'blaze' },
].map(shape => ({ ...shape, fill: `var(--waymark-mark-${shape.fill})` }));
