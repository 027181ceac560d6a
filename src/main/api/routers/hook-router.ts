import { hookInstallationOutput } from '../outputs/status-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'configuration';

export const hookRouter = router({
  install: procedure
    .meta({
      summary: "Puts the hooks of this memory into Claude Code's settings file.",
      tag,
      scope: 'owner',
      rest: { method: 'PUT', path: '/hooks/claude-code' },
    })
    .output(hookInstallationOutput)
    .mutation(({ ctx }) => ctx.services.installHooks()),
  uninstall: procedure
    .meta({
      summary: "Takes the hooks of this memory out of Claude Code's settings file again.",
      tag,
      scope: 'owner',
      rest: { method: 'DELETE', path: '/hooks/claude-code' },
    })
    .output(hookInstallationOutput)
    .mutation(({ ctx }) => ctx.services.uninstallHooks()),
});
