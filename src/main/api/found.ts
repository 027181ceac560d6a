import { TRPCError } from '@trpc/server';

/** That there is none, in words. */
export function notFound(what: string, id: string): TRPCError {
  return new TRPCError({ code: 'NOT_FOUND', message: `There is no ${what} with the id ${id}.` });
}

/** The value, or a NOT_FOUND that names what was looked for. */
export function found<T>(value: T | null, what: string, id: string): T {
  if (value === null) throw notFound(what, id);
  return value;
}
