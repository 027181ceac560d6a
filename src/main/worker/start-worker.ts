import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAccess } from '../access/access.ts';
import { appRouter } from '../api/router.ts';
import type { ApiContext } from '../api/trpc.ts';
import { noSecretStore } from '../embed/secret-store.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { startServer } from '../http/server.ts';
import { viewerUrl } from '../http/app.ts';
import { toLogFormat } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { writeWorkerFile } from '../store/worker-file.ts';
import { contextTimeouts } from './context-answers.ts';
import { createEmbedding } from './embedding-service.ts';
import { createEventBus } from './event-bus.ts';
import { createHookService } from './hook-service.ts';
import { createErrorLog } from './error-log.ts';
import { createReader } from './reader-pool.ts';
import { createReconciler } from './reconcile.ts';
import { createServices } from './services.ts';
import { createUnderstanding } from './understanding/understanding.ts';
import { appVersion } from './version.ts';
import type { Worker, WorkerOptions } from './worker.ts';
import { startWriter } from './writer-client.ts';

export const defaultPort = 37_700;
const defaultHost = '127.0.0.1';
/** Open requests may finish within this time when the worker closes. */
const closeGraceMs = 1_000;

/**
 * Opens the memory in `dataDir` and serves it. What was started is stopped in reverse order, also when a later step fails.
 * Rejects with `StoreError` (DATA_FOLDER_IN_USE, NEWER_DATABASE, …) or `PortError` (PORT_IN_USE, …).
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const stops: (() => void | Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    return await open(options, stops, stopAll);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function open(
  options: WorkerOptions,
  stops: (() => void | Promise<void>)[],
  close: () => Promise<void>,
): Promise<Worker> {
  const { dataDir, log } = options;
  const host = options.host ?? defaultHost;
  const startedAt = Date.now();
  const paths = dataPaths(dataDir);
  stops.push(lockFolder(dataDir));

  const errors = createErrorLog(log);
  const model = createSharedModel(options.embedderDir ?? builtinModelFolder());
  const threadData = { databaseFile: paths.database, model };
  const openReader = () => createReader(script('reader-thread'), threadData);
  const reader = openReader();
  // Transcripts and large bodies have a thread of their own, so that a search never waits for them.
  const intake = openReader();
  const bus = createEventBus({
    eventsAfter: (place) => reader.call('eventsAfter', place),
    eventEnds: () => reader.call('eventEnds'),
    listen: async (listening) => void (await writer.submit({ kind: 'listen', listening })),
  });
  let onRows = () => {};
  const writer = await startWriter(script('writer-thread'), paths.database, {
    onEntries: (entries) => bus.publish(entries),
    onFault: (fault) => errors.add('INTERNAL_ERROR', fault),
    onRows: () => onRows(),
  });
  // Readers close before the writer, which then is the last connection and folds its log into the file.
  stops.push(() => writer.close());
  stops.push(() => intake.close());
  stops.push(() => reader.close());
  const reconciler = createReconciler(intake, writer, log);
  stops.push(() => reconciler.close());

  const parts = {
    options,
    reader,
    intake,
    openReader,
    writer,
    secrets: options.secrets ?? noSecretStore,
    env: process.env,
    onFault: (fault: unknown) => errors.add('INTERNAL_ERROR', toLogFormat(fault)),
  };
  const embedding = createEmbedding({ ...parts, modelProblem: model.problem });
  stops.push(() => embedding.close());
  const understanding = createUnderstanding({ ...parts, embedding });
  stops.push(() => understanding.close());
  onRows = () => {
    embedding.wake();
    understanding.wake();
  };

  const access = createAccess(dataDir, writer.ready.viewerKeys);
  const capture = { paused: writer.ready.paused, since: writer.ready.pausedSince };
  const place = { port: 0, url: '' };
  const services = createServices({
    options,
    access,
    bus,
    reader,
    openReader,
    writer,
    embedding,
    understanding: understanding.services,
    errors,
    capture,
    place,
    startedAt,
  });
  const createContext = (origin: ApiContext['origin']): ApiContext => ({ origin, services });
  const server = await startServer({
    host,
    port: options.port ?? defaultPort,
    access,
    router: appRouter,
    services,
    createContext: () => createContext('http'),
    keepViewerKey: async (keyHash, expiresAt) => void (await writer.submit({ kind: 'viewer-key', keyHash, expiresAt })),
    rendererDir: options.rendererDir,
    version: appVersion,
    startedAt,
    log,
    hooks: createHookService({
      writer,
      reader,
      embedding,
      intake,
      reconciler,
      errors,
      timeouts: options.contextTimeouts ?? contextTimeouts,
    }),
  });
  stops.push(() => server.close(closeGraceMs));
  place.port = server.port;
  place.url = `http://127.0.0.1:${server.port}`;
  stops.push(
    writeWorkerFile(paths.worker, {
      pid: process.pid,
      port: server.port,
      url: place.url,
      started_at: new Date(startedAt).toISOString(),
    }),
  );
  embedding.start();
  understanding.start();
  void reconciler
    .catchUp(join(options.claudeSettingsFile, '..', 'projects'), writer.ready.caughtUpTo)
    .catch((error: unknown) => errors.add('CATCH_UP_FAILED', error instanceof Error ? error.message : String(error)));
  log.info('The memory is open.', { url: place.url, data_dir: dataDir, schema: writer.ready.schemaVersion });

  return {
    url: place.url,
    port: place.port,
    dataDir,
    router: appRouter,
    createContext,
    status: () => services.status(),
    isPaused: () => capture.paused,
    setPaused: (paused) => services.setPaused(paused),
    onEvent: (listener) => bus.listen(listener),
    viewerLink: () => viewerUrl(place.port, access.issueTicket('viewer')),
    close,
  };
}

/** The built threads lie beside the entries; shared chunks lie one folder deeper. */
function script(name: string): string {
  const beside = join(import.meta.dirname, `${name}.js`);
  if (existsSync(beside)) return beside;
  const above = join(import.meta.dirname, '..', `${name}.js`);
  // Tests run the source itself.
  return existsSync(above) ? above : join(import.meta.dirname, `${name}.ts`);
}
