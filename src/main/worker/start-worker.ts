import { randomUUID } from 'node:crypto';
import { createAccess, ownerCaller } from '../access/access.ts';
import { defaultOrganizationId } from '../access/caller.ts';
import { appRouter } from '../api/router.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { type AppOptions, viewerUrl } from '../http/app.ts';
import { startServer } from '../http/server.ts';
import { assertMayOpen, outsideUrlOf } from './outside-door.ts';
import { toLogFormat } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { writeWorkerFile } from '../store/worker-file.ts';
import { createAccessServices } from './access/access-services.ts';
import { createProcessMetrics } from './health/process-metrics.ts';
import { createMemories, openOrganization } from './memories.ts';
import { openMemory } from './open-memory.ts';
import { createOrganizationRemoval } from './organization-removal.ts';
import { createTenure } from './tenure.ts';
import { appVersion } from './version.ts';
import type { Worker, WorkerOptions } from './worker.ts';

export const defaultPort = 37_700;
const defaultHost = '127.0.0.1';
/** After the start, when what the window asks for first was answered. */
const othersWakeAfterMs = 10_000;
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

  const base = {
    options,
    model: createSharedModel(options.embedderDir ?? builtinModelFolder()),
    readsThisMachine: true,
    startedAt,
  };
  const memory = await openMemory({ ...base, organizationId: defaultOrganizationId });
  stops.push(() => memory.close());
  const { writer, bus, capture } = memory;

  const access = createAccess(dataDir, writer.ready.access);
  const place = { port: 0, url: '' };
  const tenure = createTenure(options.startedBy ?? 'person', () => void sayWho(), options.unusedMs);
  const accessServices = createAccessServices({
    memory,
    access,
    removeOrganization: (organizationId, leave) => removal.remove(organizationId, leave),
    tell(organizationId, event) {
      // One that is not open has nobody who listens; one that closes meanwhile, soon nobody.
      const told = memories
        .ifOpen(organizationId)
        ?.then(({ memory: { writer: log } }) => log.call('accessTell', event));
      told?.catch(() => {});
    },
    onFault: (fault) => log.error('The audit could not be written.', { reason: toLogFormat(fault) }),
  });
  stops.push(() => accessServices.close());
  const processMetrics = createProcessMetrics();
  const shared = { access, accessServices, processMetrics, tenure, place };
  const served = memory.serve(shared);
  const isThere = (organizationId: string) => access.directory.organization(organizationId) !== null;
  const memories = createMemories({
    own: { ...served, memory },
    open: (organizationId) => openOrganization(organizationId, base, shared),
    isThere,
    onFault: (fault) => log.error('The memory of an organisation failed.', { reason: toLogFormat(fault) }),
  });
  stops.push(() => memories.close());
  const removal = createOrganizationRemoval({ dataDir, isThere, close: memories.drop, log });
  const finished = removal.finish();
  stops.push(() => finished);
  const { services } = served;

  const contextFor: AppOptions['contextFor'] = async (caller, call, whenDone) => ({
    ...call,
    caller,
    services: (await memories.hold(caller.organizationId, whenDone)).services,
  });
  assertMayOpen(options, access);
  const server = await startServer({
    host,
    outside: options.outside,
    origins: options.allowedOrigins ?? [],
    port: options.port ?? defaultPort,
    access,
    router: appRouter,
    audit: accessServices.audit,
    contextFor,
    hooksFor: async (caller, whenDone) => (await memories.hold(caller.organizationId, whenDone)).hooks,
    keepViewerKey: async (keyHash, expiresAt) => void (await writer.submit({ kind: 'viewer-key', keyHash, expiresAt })),
    rendererDir: options.rendererDir,
    version: appVersion,
    startedAt,
    traffic: processMetrics,
    log,
  });
  stops.push(() => server.close(closeGraceMs));
  processMetrics.watchStreams(server.streams);
  // The server waits for open requests; an agent that waits for a person is one.
  stops.push(() => memories.release());
  place.port = server.port;
  place.url = `http://127.0.0.1:${server.port}`;
  const outsideUrl = outsideUrlOf(options, server.outsidePort);
  const sayWho = () =>
    writeWorkerFile(paths.worker, {
      pid: process.pid,
      port: server.port,
      url: place.url,
      started_at: new Date(startedAt).toISOString(),
      started_by: tenure.startedBy(),
    });
  stops.push(sayWho());
  stops.push(tenure.watch(server.quietSince));
  served.start();
  const wakesOthers = setTimeout(
    () => void memories.wake(access.directory.organizations().map(({ id }) => id)),
    othersWakeAfterMs,
  ).unref();
  stops.push(() => clearTimeout(wakesOthers));
  log.info('The memory is open.', {
    url: place.url,
    outside_url: outsideUrl,
    data_dir: dataDir,
    schema: writer.ready.schemaVersion,
  });

  return {
    url: place.url,
    port: place.port,
    outsideUrl,
    dataDir,
    router: appRouter,
    createContext: () => ({ origin: 'ipc', caller: ownerCaller, services, requestId: randomUUID(), address: null }),
    status: () => services.status(),
    isPaused: () => capture.paused,
    setPaused: (paused) => services.setPaused(paused),
    onEvent: (listener) => bus.listen(listener),
    left: tenure.left,
    adopt: tenure.adopt,
    viewerLink: () => viewerUrl(place.port, access.issueTicket('viewer', ownerCaller)),
    close,
  };
}
