import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { StartedBy } from '../../shared/views.ts';

export interface LaunchOptions {
  /** The folder given with `--data`; the environment and the platform's place are dataFolder's to know. */
  dataDir: string | undefined;
  /** 0 takes a free port. */
  port: number | undefined;
  /** Starts without a window, as when the system starts the app at login. */
  hidden: boolean;
  /** `cmem mcp` starts the app for an agent. */
  startedBy: StartedBy;
}

const portRule = 'The port (--port or CLAUDE_MEM_PORT) must be a number from 0 to 65535.';

const launchValues = z.object({
  data: z.string({ error: '--data needs a folder.' }).min(1, { error: '--data needs a folder.' }).optional(),
  port: z
    .string({ error: portRule })
    .regex(/^\d{1,5}$/, { error: portRule })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: portRule })
    .optional(),
  hidden: z.boolean({ error: '--hidden takes no value.' }).default(false),
  startedBy: z.enum(['person', 'agent'], { error: '--started-by is person or agent.' }).default('person'),
});

/**
 * What the command line and the environment say; the command line wins. Throws an error with a readable sentence.
 * Chromium's own switches stand in the same arguments, so unknown ones are passed over.
 */
export function readLaunchOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      hidden: { type: 'boolean' },
      'started-by': { type: 'string' },
    },
    strict: false,
    allowPositionals: true,
  });
  const parsed = launchValues.safeParse({
    data: values['data'],
    port: values['port'] ?? (env['CLAUDE_MEM_PORT'] || undefined),
    hidden: values['hidden'],
    startedBy: values['started-by'],
  });
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const { data, port, hidden, startedBy } = parsed.data;
  return { dataDir: data, port, hidden, startedBy };
}
