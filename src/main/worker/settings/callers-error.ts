import { TRPCError } from '@trpc/server';
import { InputError } from '../../api/input-sentences.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';

const codes = { NOT_FOUND: 'NOT_FOUND', CONFLICT: 'CONFLICT', REFUSED: 'BAD_REQUEST' } as const satisfies Record<
  RefusalCode,
  TRPCError['code']
>;

/** What the writer refuses is the caller's to mend, and told in the contract's own codes; of which field, where it is always that one. */
export async function asCallersError<T>(change: Promise<T>, field?: string): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    const isOfField = field !== undefined && code === 'REFUSED';
    const cause = isOfField ? new InputError([{ path: field, message }]) : error;
    throw new TRPCError({ code: codes[code], message, cause });
  }
}
