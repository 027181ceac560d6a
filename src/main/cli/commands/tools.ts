import { fill } from '../../../shared/messages/fill.ts';
import { operationMessages } from '../../../shared/messages/cli-operations.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { connectWorker } from '../worker-client.ts';

/** A script may run for five minutes, and wait for others before. */
const runWithinMs = 10 * 60 * 1000;

const textOf = ({ terminal }: CliContext) => operationMessages[terminal.locale];

/** `cmem tools`: what can be called, with how often it was. */
export async function toolsCommand(context: CliContext): Promise<number> {
  const tools = await connectWorker(context).call((api) => api.tools.list.query({}));
  const text = textOf(context);
  context.print(tools, () =>
    table(
      tools.map((tool) => [
        tool.name,
        tool.enabled ? text.kinds[tool.kind] : text.off,
        fill(text.uses, { count: tool.usage.count }),
        printable(tool.title),
      ]),
    ),
  );
  return exitCodes.ok;
}

/** `cmem tools run`: calls one and prints what it returned; fails when the tool did. */
export async function runToolCommand(context: CliContext, name: string, given: string | undefined): Promise<number> {
  const input = parseArguments(given ?? '{}', context);
  const client = connectWorker(context, runWithinMs);
  const run = await client.call((api) => api.tools.execute.mutate({ name, arguments: input }));
  context.print(run, () => {
    const printed = [run.stdout, run.stderr].filter((part) => part !== '').map((part) => lines(part.trimEnd()));
    const { error } = run;
    const result =
      error === null
        ? lines(JSON.stringify(run.output, null, 2))
        : fill(textOf(context).failed, { message: lines(error.message) });
    return [...printed, result].join('\n');
  });
  return run.success ? exitCodes.ok : exitCodes.failed;
}

/** What a tool says may not move the cursor. */
function lines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function parseArguments(value: string, context: CliContext): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Told as the same as other JSON that is no object.
  }
  throw new CliError('USAGE', fill(textOf(context).invalid_arguments, { value }), exitCodes.usage);
}
