import { z, type ZodType } from 'zod';
import type { CostCaps } from '../../../shared/cost-views.ts';
import type { ReadableDb } from '../database.ts';

/** Its key among the configurations. */
export const capsKey = 'costs.caps';

/** The same for the cap that was reached last. */
export const reachedKey = 'costs.reached';

/** A cap that left no room for a call; over when its time has come, or a person changed something. */
export interface ReachedCap {
  cap: 'day' | 'month';
  /** Milliseconds since 1970. */
  until: number;
}

/** What holds until a person says otherwise: enough for a day's sessions by a small model, and no bad surprise. */
export const defaultCaps: CostCaps = { day_usd: 1, month_usd: 20 };

const reached = z.object({ cap: z.enum(['day', 'month']), until: z.number() });
const stored = z.object({ day_usd: z.number().nullable(), month_usd: z.number().nullable() });

export function createCapsReader(db: ReadableDb) {
  const find = db.prepare<[string], string>('SELECT value FROM configurations WHERE key = ?').pluck();
  function read<T>(key: string, type: ZodType<T>): T | null {
    const value = find.get(key);
    const parsed = type.safeParse(value === undefined ? null : JSON.parse(value));
    return parsed.success ? parsed.data : null;
  }

  return {
    caps: (): CostCaps => read(capsKey, stored) ?? defaultCaps,
    /** Null when there is money. */
    reached(now: number): ReachedCap | null {
      const last = read(reachedKey, reached);
      return last !== null && last.until > now ? last : null;
    },
  };
}
