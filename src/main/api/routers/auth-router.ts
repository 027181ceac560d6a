import { z } from 'zod';
import { loginInput, logoutInput, passwordInput, refreshInput } from '../access-schemas.ts';
import { callerOutput, tokenPairOutput } from '../outputs/access-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'auth';

export const authRouter = router({
  login: procedure
    .meta({ summary: 'Logs a user in.', tag, scope: 'public', rest: { method: 'POST', path: '/auth/login' } })
    .input(loginInput)
    .output(tokenPairOutput)
    .mutation(({ ctx, input }) => ctx.services.auth.login(input, ctx)),
  refresh: procedure
    .meta({
      summary: 'New tokens for a refresh token, which is good once; in another organisation if one is named.',
      tag,
      scope: 'public',
      rest: { method: 'POST', path: '/auth/refresh' },
    })
    .input(refreshInput)
    .output(tokenPairOutput)
    .mutation(({ ctx, input }) => ctx.services.auth.refresh(input, ctx)),
  logout: procedure
    .meta({
      summary: 'Ends the login that a refresh token belongs to.',
      tag,
      scope: 'public',
      rest: { method: 'POST', path: '/auth/logout', status: 204 },
    })
    .input(logoutInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.auth.logout(input.refresh_token, ctx)),
  me: procedure
    .meta({
      summary: 'Who the caller is and what it may do.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/auth/me' },
    })
    .output(callerOutput)
    .query(({ ctx }) => ctx.services.auth.me(ctx.caller)),
  changePassword: procedure
    .meta({
      summary: 'Changes the own password; ends the other logins.',
      tag,
      scope: 'read',
      rest: { method: 'POST', path: '/auth/password', status: 204 },
    })
    .input(passwordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.auth.changePassword(ctx.caller, input)),
});
