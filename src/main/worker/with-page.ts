import { TRPCError } from '@trpc/server';
import { ReaderError } from './reader-pool.ts';

/** A cursor that is not ours is the caller's mistake. */
export async function withPage<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof ReaderError) || error.code !== 'INVALID_CURSOR') throw error;
    throw new TRPCError({ code: 'BAD_REQUEST', message: error.message, cause: error });
  }
}
