import { permissionMessages } from '../../../shared/messages/cli-permissions.ts';
import { fill } from '../../../shared/messages/fill.ts';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import { exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { pageOrAll } from '../whole-list.ts';
import { connectWorker } from '../worker-client.ts';

export interface PermissionsOptions {
  all?: boolean;
}

export interface PermissionDecisionOptions {
  remember?: boolean;
  pattern?: string;
  everywhere?: boolean;
  message?: string;
}

const textOf = ({ terminal }: CliContext) => permissionMessages[terminal.locale];

/** `cmem permissions list`. */
export async function permissionsCommand(context: CliContext, { all }: PermissionsOptions): Promise<number> {
  const states = all === true ? undefined : (['pending'] satisfies PermissionRequestView['state'][]);
  const client = connectWorker(context);
  const page = await pageOrAll((place) => client.call((api) => api.permissions.list.query({ states, ...place })), {
    all: true,
  });
  context.print(page, () => {
    const text = textOf(context);
    if (page.data.length === 0) return text.none;
    return table(
      page.data.map((request) => [
        request.id,
        request.state === 'pending' ? fill(text.left, { seconds: secondsLeft(request) }) : text.states[request.state],
        printable(request.project.name),
        printable(`${request.tool}: ${request.summary}`),
      ]),
    );
  });
  return exitCodes.ok;
}

/** `cmem permissions allow` and `deny`. */
export async function decidePermissionCommand(
  context: CliContext,
  id: string,
  behavior: 'allow' | 'deny',
  { remember, pattern, everywhere = false, message }: PermissionDecisionOptions,
): Promise<number> {
  const rule = remember === true || pattern !== undefined ? { pattern, everywhere } : undefined;
  const decision = { id, behavior, message, remember: rule };
  const request = await connectWorker(context).call((api) => api.permissions.decide.mutate(decision));
  context.print(request, () => {
    const text = textOf(context);
    return fill(text.decided, {
      state: text.states[request.state],
      summary: printable(`${request.tool}: ${request.summary}`),
    });
  });
  return exitCodes.ok;
}

/** `cmem permissions rules`. */
export async function permissionRulesCommand(context: CliContext): Promise<number> {
  const rules = await connectWorker(context).call((api) => api.permissions.rules.query({}));
  context.print(rules, () => {
    const text = textOf(context);
    if (rules.length === 0) return text.noRules;
    return table(
      rules.map(({ id, effect, tool, pattern, project, enabled }) => [
        id,
        `${text.effects[effect]}${enabled ? '' : ` (${text.off})`}`,
        printable(project?.name ?? text.everywhere),
        printable(tool),
        printable(pattern ?? text.anything),
      ]),
    );
  });
  return exitCodes.ok;
}

function secondsLeft({ expires_at: at }: PermissionRequestView): number {
  return Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1_000));
}
