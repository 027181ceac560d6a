import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { claudeSettingsFile } from '../capture/claude-settings-file.ts';
import { createLogger, toLogFormat, type LogLevel } from '../observe/logger.ts';
import { dataFolder } from '../store/data-folder.ts';
import { defaultPort } from './start-worker.ts';
import { startOrTakeOver } from './take-over.ts';
import type { WorkerOptions } from './worker.ts';

/** Beside the port for this machine. */
const defaultTlsPort = defaultPort + 1;

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-port': { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'allow-origin': { type: 'string', multiple: true },
  'viewer-link': { type: 'boolean' },
  'started-by': { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const usage = `Usage: npm run -s worker -- [--data DIR] [--port N] [--viewer-link] [--started-by person|agent] [--log-level debug|info|warn|error]
    [--host ADDRESS --tls-cert FILE --tls-key FILE [--tls-port N] [--allow-host NAME[:PORT]]…] [--allow-origin ORIGIN]…
Runs the memory without a display. It answers on 127.0.0.1; with TLS files also on --host, to those who log in.
 One that an agent started stops when nobody uses it for half an hour, and makes room for one that a person starts.
 Prints one JSON line when it is ready; logs go to stderr; SIGTERM stops it.
`;

const portOf = (option: string, fallback: number) =>
  z.coerce
    .number({ error: `${option} is a number` })
    .int(`${option} is a whole number`)
    .min(0, `${option} is at least 0 (0 takes a free one)`)
    .max(65_535, `${option} is at most 65535`)
    .default(fallback);

const hostName = z.string().regex(/^[\w.-]{1,253}(?::\d{1,5})?$/, {
  error: '--allow-host is a name without scheme or path, memory.example or memory.example:8443',
});
const originName = z.string().regex(/^https?:\/\/[\w.-]{1,253}(?::\d{1,5})?$/, {
  error: '--allow-origin is an origin as a browser writes it, https://app.example, without a path',
});

const settings = z
  .object({
    data: z.string().min(1).optional(),
    port: portOf('--port', defaultPort),
    host: z.string().min(1).default('127.0.0.1'),
    'tls-cert': z.string().min(1).optional(),
    'tls-key': z.string().min(1).optional(),
    'tls-port': portOf('--tls-port', defaultTlsPort),
    'allow-host': z.array(hostName).default([]),
    'allow-origin': z.array(originName).default([]),
    'viewer-link': z.boolean().default(false),
    'started-by': z.enum(['person', 'agent'], { error: '--started-by is person or agent' }).default('person'),
    'log-level': z.enum(['debug', 'info', 'warn', 'error'] satisfies LogLevel[]).default('info'),
  })
  .refine((given) => (given['tls-cert'] === undefined) === (given['tls-key'] === undefined), {
    error: '--tls-cert and --tls-key go together',
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
    const worker = await startOrTakeOver({
      dataDir: dataFolder(parsed.data),
      engine: 'headless',
      startedBy: parsed['started-by'],
      rendererDir: join(import.meta.dirname, import.meta.dirname.endsWith('chunks') ? '../../renderer' : '../renderer'),
      ...doorsOf(parsed),
      claudeSettingsFile: claudeSettingsFile(),
      log,
    });
    const ready = {
      event: 'ready',
      url: worker.url,
      ...(worker.outsideUrl === null ? {} : { outside_url: worker.outsideUrl }),
      data_dir: worker.dataDir,
      pid: process.pid,
    };
    process.stdout.write(
      `${JSON.stringify(parsed['viewer-link'] ? { ...ready, viewer_url: worker.viewerLink() } : ready)}\n`,
    );
    log.info('Stopping.', { reason: await Promise.race([stopped, worker.left]) });
    await worker.close();
    return 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
    log.error(error instanceof Error ? error.message : String(error), { code, reason: toLogFormat(error) });
    return 1;
  }
}

/** The door on loopback, and with TLS files the one for other machines. */
function doorsOf(
  parsed: z.infer<typeof settings>,
): Pick<WorkerOptions, 'host' | 'port' | 'outside' | 'allowedOrigins'> {
  const { host, port, 'tls-cert': certFile, 'tls-key': keyFile } = parsed;
  const allowedOrigins = parsed['allow-origin'];
  if (certFile === undefined || keyFile === undefined) return { host, port, allowedOrigins };
  // An address of the machine itself is a name for it too; the one of all addresses is none.
  const own = /^[\d.]+$/.test(host) && host !== '0.0.0.0' ? [host] : [];
  const outside = { host, port: parsed['tls-port'], hosts: [...parsed['allow-host'], ...own], certFile, keyFile };
  return { port, outside, allowedOrigins };
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
