import { z } from 'zod';

const earliest = Date.UTC(1000, 0);
const latest = Date.UTC(9000, 0);

/**
 * A time as callers send it. What lies further away than any memory is refused: in UTC it could leave the four digits of a year,
 * and no answer that carries it could be read as ISO 8601 any more.
 */
export const isoTime = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'A time has a date, a time of day and an offset: 2025-01-31T09:30:00Z, or +01:00 (in an address %2B01:00).',
  })
  .refine(
    (text) => {
      const at = Date.parse(text);
      return at >= earliest && at < latest;
    },
    { error: 'That is too far away: times lie between the years 1000 and 9000.' },
  );
