import { join } from 'node:path';
import type { AccessServices } from '../api/access-services.ts';
import type { Services } from '../api/services.ts';
import type { Access } from '../access/access.ts';
import { defaultOrganizationId } from '../access/caller.ts';
import { noSecretStore } from '../embed/secret-store.ts';
import type { SharedModel } from '../embed/static/shared-model.ts';
import type { HookService } from '../http/hook-route.ts';
import { toLogFormat } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { contextTimeouts } from './context-answers.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createEmbedding } from './embedding-service.ts';
import { createErrorLog } from './error-log.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import type { ProcessMetrics } from './health/process-metrics.ts';
import { createHookService } from './hook-service.ts';
import { tellPeers } from './peer-signals.ts';
import { isMemoryClosing } from './memory-closing.ts';
import { createPermissions, type Permissions } from './permissions/permission-service.ts';
import { createReader, type Reader } from './reader-pool.ts';
import { finishDeletions } from './records/delete-session.ts';
import { createReconciler } from './reconcile.ts';
import { createServices } from './services.ts';
import { createSignals } from './signals.ts';
import { createSettings, type Settings } from './settings/settings.ts';
import { createUnderstanding } from './understanding/understanding.ts';
import type { Tenure } from './tenure.ts';
import { threadScript } from './thread-script.ts';
import { createScriptRuns } from './tools/script-runs.ts';
import type { WorkerOptions } from './worker.ts';
import { startWriter, type WriterClient } from './writer-client.ts';

/**
 * Readers of an organisation that were asked nothing for so long end: their threads, two thirds of its files and their caches.
 * Its hooks find the writer there. The owner's stay: no search of a person waits for a thread.
 */
const readersRestAfterMs = 5 * 60_000;

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
  processMetrics: ProcessMetrics;
  tenure: Tenure;
  /** Known once the port is. */
  place: { port: number; url: string };
}

export interface Memory {
  organizationId: string;
  writer: WriterClient;
  reader: Reader;
  bus: EventBus;
  settings: Settings;
  /** Changed only by the services. */
  capture: { paused: boolean; since: number | null };
  serve(shared: SharedParts): ServedMemory;
  /** Whether a job runs that closing would cut short. */
  isBusy(): boolean;
  /** Leaves every open question of an agent to its terminal, from now on. */
  release(): void;
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
  const readerOf = (isBackground: boolean) =>
    createReader(
      threadScript('reader-thread'),
      { databaseFile: paths.database, model, isBackground },
      organizationId === defaultOrganizationId ? null : readersRestAfterMs,
    );
  const reader = readerOf(false);
  const openReader = () => readerOf(true);
  // Transcripts and large bodies have a thread of their own, so that a search never waits for them.
  const intake = openReader();
  const bus = createEventBus({
    eventPage: (place) => reader.call('eventPage', place),
    listen: async (listening) => void (await writer.submit({ kind: 'listen', listening })),
  });
  const signals = createSignals();
  let onRows = () => {};
  let catchUp = () => {};
  const checkpoints = createCheckpoints(() => intake.call('checkpoint'));
  const writer = await startWriter(threadScript('writer-thread'), paths.database, {
    onEntries: (entries) => bus.publish(entries),
    onFault: (fault) => errors.add('INTERNAL_ERROR', fault),
    onRows: () => onRows(),
    onCommitted: checkpoints.committed,
    onStoredAgain: () => catchUp(),
  });
  // Readers close before the writer, which then is the last connection and folds its log into the file.
  stops.push(() => writer.close());
  stops.push(() => intake.close());
  stops.push(() => reader.close());
  stops.push(() => {
    signals.close();
    bus.close();
  });
  const reconciler = createReconciler(intake, writer, log);
  stops.push(() => reconciler.close());

  const settings = createSettings(writer.ready.settings, writer);
  const parts = {
    options,
    signals,
    settings,
    reader,
    intake,
    openReader,
    writer,
    secrets: (readsThisMachine ? options.secrets : undefined) ?? noSecretStore,
    env: process.env,
    onFault(fault: unknown) {
      if (!isMemoryClosing(fault)) errors.add('INTERNAL_ERROR', toLogFormat(fault));
    },
  };
  const embedding = createEmbedding({ ...parts, modelProblem: model.problem });
  stops.push(() => embedding.close());
  tellPeers({ signals, bus, reader, organizationId, onFault: parts.onFault });
  const understanding = createUnderstanding({ ...parts, embedding });
  stops.push(() => understanding.close());
  onRows = () => {
    embedding.wake();
    understanding.wake();
  };

  // In the desktop the process is Electron's, whose fuses keep it from being plain Node.
  const scripts =
    process.versions['electron'] === undefined
      ? createScriptRuns(threadScript('script-runner', join(import.meta.dirname, 'tools')), paths.toolRuns)
      : null;
  stops.push(() => scripts?.close());

  let release = () => {};
  // Before all else: agents that wait for a person go on without us.
  stops.push(() => release());

  const capture = { paused: writer.ready.paused, since: writer.ready.pausedSince };
  return {
    organizationId,
    writer,
    reader,
    bus,
    settings,
    capture,
    serve: (shared) => {
      const permissions = createPermissions({
        organizationId,
        reader,
        writer,
        audit: shared.accessServices.audit,
        listen: (listener) => bus.listen(listener),
        onFault: parts.onFault,
      });
      release = permissions.release;
      return serve(shared, permissions);
    },
    isBusy: () => understanding.isBusy(),
    release: () => release(),
    close,
  };

  function serve(shared: SharedParts, permissions: Permissions): ServedMemory {
    return {
      services: createServices({
        ...shared,
        permissions: permissions.service,
        options,
        organizationId,
        settings,
        bus,
        signals,
        reader,
        intake,
        openReader,
        writer,
        embedding,
        understanding: understanding.services,
        errors,
        onFault: parts.onFault,
        beforeClose: (write) => void stops.push(write),
        scripts,
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
        permissions,
      }),
      start() {
        embedding.start();
        understanding.start();
        void finishDeletions(writer).catch(parts.onFault);
        if (!readsThisMachine) return;
        const projects = join(options.claudeSettingsFile, '..', 'projects');
        let isRunning = false;
        catchUp = () => {
          if (isRunning) return;
          isRunning = true;
          // From the same place each time: the first may not have come to its end.
          void reconciler
            .catchUp(projects, writer.ready.caughtUpTo)
            .catch((error: unknown) =>
              errors.add('CATCH_UP_FAILED', error instanceof Error ? error.message : String(error)),
            )
            .finally(() => (isRunning = false));
        };
        catchUp();
      },
    };
  }
}
