import { TRPCError } from '@trpc/server';

/** The value, or a NOT_FOUND that names what was looked for. */
export function found<T>(value: T | null, what: string, id: string): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND', message: `There is no ${what} with the id ${id}.` });
  return value;
}
