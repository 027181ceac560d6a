import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessServices } from '../api/access-services.ts';
import type { Services } from '../api/services.ts';
import type { Access } from '../access/access.ts';
import { noSecretStore } from '../embed/secret-store.ts';
import type { SharedModel } from '../embed/static/shared-model.ts';
import type { HookService } from '../http/hook-route.ts';
import { toLogFormat } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { contextTimeouts } from './context-answers.ts';
import { createEmbedding } from './embedding-service.ts';
import { createErrorLog } from './error-log.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { createHookService } from './hook-service.ts';
import { createReader, type Reader } from './reader-pool.ts';
import { createReconciler } from './reconcile.ts';
import { createServices } from './services.ts';
import { createUnderstanding } from './understanding/understanding.ts';
import type { WorkerOptions } from './worker.ts';
import { startWriter, type WriterClient } from './writer-client.ts';

export interface MemoryOptions {
  /** `dataDir` is the folder of this memory. */
  options: WorkerOptions;
  organizationId: string;
  model: SharedModel & { problem: string | null };
  /** Reads what agents wrote on this machine: true for the owner's memory only. */
  readsThisMachine: boolean;
  startedAt: number;
}

/** What all memories of a worker share. */
export interface SharedParts {
  access: Access;
  accessServices: AccessServices;
  /** Known once the port is. */
  place: { port: number; url: string };
}

export interface Memory {
  organizationId: string;
  writer: WriterClient;
  reader: Reader;
  bus: EventBus;
  /** Changed only by the services. */
  capture: { paused: boolean; since: number | null };
  serve(shared: SharedParts): ServedMemory;
  close(): Promise<void>;
}

export interface ServedMemory {
  services: Services;
  hooks: HookService;
  /** Begins to work on what waits, and to read what was missed. */
  start(): void;
}

/** Opens one organisation's file with its threads. Rejects with `StoreError`; what was started by then is stopped. */
export async function openMemory(memory: MemoryOptions): Promise<Memory> {
  const stops: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    return await open(memory, stops, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  { options, organizationId, model, readsThisMachine, startedAt }: MemoryOptions,
  stops: (() => void | Promise<void>)[],
  close: () => Promise<void>,
): Promise<Memory> {
  const { log } = options;
  const paths = dataPaths(options.dataDir);
  const errors = createErrorLog(log);
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
    secrets: (readsThisMachine ? options.secrets : undefined) ?? noSecretStore,
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

  const capture = { paused: writer.ready.paused, since: writer.ready.pausedSince };
  return {
    organizationId,
    writer,
    reader,
    bus,
    capture,
    serve: (shared) => ({
      services: createServices({
        ...shared,
        options,
        bus,
        reader,
        openReader,
        writer,
        embedding,
        understanding: understanding.services,
        errors,
        capture,
        startedAt,
      }),
      hooks: createHookService({
        writer,
        reader,
        embedding,
        intake,
        // A path that comes from another machine names some other file on this one.
        reconciler: readsThisMachine ? reconciler : { soon: () => {} },
        errors,
        timeouts: options.contextTimeouts ?? contextTimeouts,
      }),
      start() {
        embedding.start();
        understanding.start();
        if (!readsThisMachine) return;
        void reconciler
          .catchUp(join(options.claudeSettingsFile, '..', 'projects'), writer.ready.caughtUpTo)
          .catch((error: unknown) =>
            errors.add('CATCH_UP_FAILED', error instanceof Error ? error.message : String(error)),
          );
      },
    }),
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
