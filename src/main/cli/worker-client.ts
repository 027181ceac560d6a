import { TRPCClientError, createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import { fill, type Locale } from '../../shared/messages/fill.ts';
import { readOrCreateToken } from '../access/tokens.ts';
import type { AppRouter } from '../api/router.ts';
import { dataPaths } from '../store/data-folder.ts';
import { readWorkerFile, type WorkerFile } from '../store/worker-file.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './cli-context.ts';
import { coreText } from './sentences.ts';
import { makeFolder } from '../store/make-folder.ts';
import { proveWorker } from '../access/prove-worker.ts';

/** Longer than most answers take, shorter than a person waits. */
const answerWithinMs = 15_000;

/** Which memory, and in which language to speak of it. */
export type WorkerPlace = Pick<CliContext, 'dataDir' | 'text'> & { terminal: Pick<CliContext['terminal'], 'locale'> };

export interface WorkerClient {
  worker: WorkerFile;
  ownerToken: string;
  /** Makes one call; a failure becomes a `CliError` in the person's language. */
  call<T>(action: (api: TRPCClient<AppRouter>) => Promise<T>): Promise<T>;
}

/** A client of the worker that runs on the data folder. Throws `CliError` when none does. */
export function connectWorker(
  { dataDir, text, terminal }: WorkerPlace,
  withinMs: number = answerWithinMs,
): WorkerClient {
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  if (worker === null) throw notRunning({ dataDir, text });
  const ownerToken = tokenOf(dataDir, 'owner', text);
  let proven: Promise<void> | null = null;
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        // A long query does not fit into an address.
        methodOverride: 'POST',
        url: `${worker.url}/trpc`,
        transformer: superjson,
        headers: { authorization: `Bearer ${ownerToken}` },
        fetch: async (url: string | URL | Request, init) => {
          proven ??= proveWorker(worker.url, ownerToken);
          await proven;
          const { method, headers, body } = init ?? {};
          const signal = AbortSignal.timeout(withinMs);
          return fetch(url, { method: method ?? 'GET', headers: headers ?? {}, body: body ?? null, signal });
        },
      }),
    ],
  });
  return {
    worker,
    ownerToken,
    async call(action) {
      try {
        return await action(api);
      } catch (error) {
        throw clientError(error, { data: dataDir, url: worker.url }, { text, locale: terminal.locale });
      }
    },
  };
}

export function notRunning({ dataDir, text }: Pick<WorkerPlace, 'dataDir' | 'text'>): CliError {
  return new CliError('WORKER_NOT_RUNNING', fill(text.errors.not_running, { data: dataDir }), exitCodes.notRunning);
}

/** A token of the data folder, made when it is not there. Throws `CliError`. */
export function tokenOf(dataDir: string, name: 'owner' | 'capture', text: CliContext['text']): string {
  try {
    makeFolder(dataDir);
    return readOrCreateToken(dataDir, name);
  } catch (cause) {
    const message = fill(text.errors.token_unreadable, { data: dataDir, reason: reasonOf(cause) });
    throw new CliError('TOKEN_UNREADABLE', message, exitCodes.failed, { cause });
  }
}

function clientError(
  error: unknown,
  place: { data: string; url: string },
  { text, locale }: { text: CliContext['text']; locale: Locale },
): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const data: unknown = error.data;
  const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : null;
  if (code === 'UNAUTHORIZED' || statusOf(error) === 401) {
    return new CliError('TOKEN_REFUSED', fill(text.errors.refused, place), exitCodes.failed, { cause: error });
  }
  if (code !== null) return refusedCall(code, error.message, locale, error);
  const message = fill(text.errors.not_answering, { ...place, reason: reasonOf(error.cause ?? error) });
  return new CliError('WORKER_NOT_ANSWERING', message, exitCodes.notRunning, { cause: error });
}

/** What the core says of a call that it does not do; of what was given wrongly, it is wrong usage of the command. */
export function refusedCall(code: string, message: string, locale: Locale, cause?: unknown): CliError {
  const exitCode = code === 'BAD_REQUEST' ? exitCodes.usage : exitCodes.failed;
  return new CliError(code, coreText(message, locale), exitCode, { cause });
}

function statusOf({ meta }: { meta: Record<string, unknown> | undefined }): number | null {
  const response = meta?.['response'];
  return response instanceof Response ? response.status : null;
}

/** The innermost reason, such as `connect ECONNREFUSED`, instead of `fetch failed`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
