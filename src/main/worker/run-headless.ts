import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { claudeSettingsFile } from '../capture/claude-settings-file.ts';
import { createLogger, toLogFormat, type LogLevel } from '../observe/logger.ts';
import { dataFolder } from '../store/data-folder.ts';
import { defaultPort, startWorker } from './start-worker.ts';

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'viewer-link': { type: 'boolean' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const usage = `Usage: npm run -s worker -- [--data DIR] [--port N] [--host 127.0.0.1] [--viewer-link] [--log-level debug|info|warn|error]
Runs the memory without a display. Prints one JSON line when it is ready; logs go to stderr; SIGTERM stops it.
`;

const settings = z.object({
  data: z.string().min(1).optional(),
  port: z.coerce
    .number({ error: '--port is a number' })
    .int('--port is a whole number')
    .min(0, '--port is at least 0 (0 takes a free one)')
    .max(65_535, '--port is at most 65535')
    .default(defaultPort),
  // Beyond this machine the port needs TLS and logins.
  host: z
    .enum(['127.0.0.1', 'localhost'], {
      error: '--host is 127.0.0.1 or localhost: the memory answers on this machine only',
    })
    .default('127.0.0.1'),
  'viewer-link': z.boolean().default(false),
  'log-level': z.enum(['debug', 'info', 'warn', 'error'] satisfies LogLevel[]).default('info'),
});

/** Runs a worker until SIGTERM or SIGINT; returns the exit code: 0 stopped, 1 could not start, 2 wrong arguments. */
export async function runHeadless(args: string[]): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    process.stderr.write(parsed);
    return parsed === usage ? 0 : 2;
  }
  const log = createLogger(parsed['log-level'], (line) => process.stderr.write(line));
  // Whoever started us may be gone and its pipes with it; the memory goes on without a listener.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const stopped = untilStopped();
  try {
    const worker = await startWorker({
      dataDir: dataFolder(parsed.data),
      engine: 'headless',
      rendererDir: join(import.meta.dirname, import.meta.dirname.endsWith('chunks') ? '../../renderer' : '../renderer'),
      host: parsed.host,
      port: parsed.port,
      claudeSettingsFile: claudeSettingsFile(),
      log,
    });
    const ready = { event: 'ready', url: worker.url, data_dir: worker.dataDir, pid: process.pid };
    process.stdout.write(
      `${JSON.stringify(parsed['viewer-link'] ? { ...ready, viewer_url: worker.viewerLink() } : ready)}\n`,
    );
    log.info('Stopping.', { signal: await stopped });
    await worker.close();
    return 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
    log.error(error instanceof Error ? error.message : String(error), { code, reason: toLogFormat(error) });
    return 1;
  }
}

function parse(args: string[]): z.infer<typeof settings> | string {
  try {
    const { values } = parseArgs({ args, options, allowPositionals: false });
    if (values.help === true) return usage;
    const checked = settings.safeParse({
      ...values,
      port: values.port ?? (process.env['CLAUDE_MEM_PORT'] || undefined),
    });
    return checked.success ? checked.data : `${z.prettifyError(checked.error)}\n${usage}`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
}

function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}
