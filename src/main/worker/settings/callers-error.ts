import { TRPCError } from '@trpc/server';
import { Refusal, type RefusalCode } from '../refusal.ts';

const codes = { NOT_FOUND: 'NOT_FOUND', CONFLICT: 'CONFLICT', REFUSED: 'BAD_REQUEST' } as const satisfies Record<
  RefusalCode,
  TRPCError['code']
>;

/** What the writer refuses is the caller's to mend, and told in the contract's own codes. */
export async function asCallersError<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TRPCError({ code: codes[error.code], message: error.message, cause: error });
  }
}
