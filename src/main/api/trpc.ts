import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import { ZodError, z } from 'zod';
import type { Services } from './services.ts';

export interface ApiContext {
  /** The door that the call came through. */
  origin: 'ipc' | 'http';
  services: Services;
}

const trpc = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({
    // One readable sentence instead of zod's JSON; the window and the CLI show it as it is.
    ...shape,
    message: error.cause instanceof ZodError ? z.prettifyError(error.cause) : shape.message,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path },
  }),
});

export const router = trpc.router;
export const procedure = trpc.procedure;
