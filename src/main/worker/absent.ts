import { TRPCError } from '@trpc/server';

/** A service that is not there: every call of it is refused. */
export function absent<Service extends object>(name: string): Service {
  return new Proxy({} as Service, {
    get: (_, method) => () => {
      throw new TRPCError({ code: 'NOT_IMPLEMENTED', message: `${name}.${String(method)} is not there.` });
    },
  });
}
