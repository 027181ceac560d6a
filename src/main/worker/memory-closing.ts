import { TRPCError } from '@trpc/server';

/** What calls come to that are made of a memory while it closes: no bug, and the caller may ask again. */
export function memoryClosing(): TRPCError {
  return new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'The memory is closing; ask again in a moment.' });
}

export function isMemoryClosing(error: unknown): boolean {
  return error instanceof TRPCError && error.code === 'SERVICE_UNAVAILABLE';
}
