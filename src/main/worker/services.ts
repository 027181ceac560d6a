import { TRPCError } from '@trpc/server';
import { statSync } from 'node:fs';
import type { Access } from '../access/access.ts';
import { defaultOrganizationId } from '../access/caller.ts';
import type { AccessServices } from '../api/access-services.ts';
import type { HealthService, PermissionService } from '../api/record-services.ts';
import type { ReadService, Services } from '../api/services.ts';
import type { UnderstandingServices } from '../api/understanding-services.ts';
import { builtInTools } from '../api/tools/built-in-tools.ts';
import { hooksStatus, installHooks, uninstallHooks } from '../capture/claude-hooks/install-hooks.ts';
import { dataPaths } from '../store/data-folder.ts';
import type { StatusView } from '../../shared/views.ts';
import { createAdminService } from './admin/admin-service.ts';
import { createAgentService } from './agents/agent-service.ts';
import { createContextService } from './context-service.ts';
import type { Embedding } from './embedding-service.ts';
import type { ErrorLog } from './error-log.ts';
import type { EventBus } from './event-bus.ts';
import { createHealthService } from './health/health-service.ts';
import { createProbes } from './health/probes.ts';
import type { ProcessMetrics } from './health/process-metrics.ts';
import type { Reader } from './reader-pool.ts';
import { createMcpService } from './mcp/mcp-service.ts';
import { createRecordService } from './records/record-service.ts';
import { createIndexService } from './index-service.ts';
import { createConfigurationService } from './settings/configuration-service.ts';
import type { Settings } from './settings/settings.ts';
import { createStatsService } from './stats/stats-service.ts';
import { createSearchService } from './search-service.ts';
import type { SignalChannel } from './signals.ts';
import type { ScriptRuns } from './tools/script-runs.ts';
import { createToolService } from './tools/tool-service.ts';
import type { Tenure } from './tenure.ts';
import { tellAnswers, tellHealth, tellMemorySearches, tellSearches } from './told-services.ts';
import { createUseCounter } from './understanding/use-counter.ts';
import { appVersion } from './version.ts';
import { withPage } from './with-page.ts';
import type { WorkerOptions } from './worker.ts';
import type { WriterClient } from './writer-client.ts';

export interface ServiceParts {
  options: WorkerOptions;
  organizationId: string;
  settings: Settings;
  access: Access;
  accessServices: AccessServices;
  processMetrics: ProcessMetrics;
  tenure: Tenure;
  bus: EventBus;
  signals: SignalChannel;
  reader: Reader;
  intake: Reader;
  /** Starts one more reader thread, for what takes long. */
  openReader(): Reader;
  writer: WriterClient;
  embedding: Embedding;
  understanding: UnderstandingServices;
  errors: ErrorLog;
  onFault(fault: unknown): void;
  /** Takes what is to be written at the end, before the threads close. */
  beforeClose(write: () => Promise<void>): void;
  /** Null where there is no Node to run tools with. */
  scripts: ScriptRuns | null;
  permissions: PermissionService;
  /** Shared with whoever shows it; changed only here. */
  capture: { paused: boolean; since: number | null };
  /** Known once the port is. */
  place: { port: number; url: string };
  startedAt: number;
}

/** The contract's services over the threads. */
export function createServices(parts: ServiceParts): Services {
  const { options, access, bus, writer, capture, place } = parts;
  const target = () => ({
    settingsFile: options.claudeSettingsFile,
    url: place.url,
    captureToken: access.captureToken,
  });
  const indexes = createIndexService(parts);
  const health = createHealth(parts);
  tellHealth(health, parts.signals, parts.onFault);
  return {
    read: createReadService(parts),
    search: tellSearches(createSearchService(parts), parts.signals),
    context: createContextService(parts),
    embedding: parts.embedding.service,
    indexes,
    mcp: createMcpService(parts, parts.organizationId === defaultOrganizationId),
    ...parts.understanding,
    memories: tellMemorySearches(parts.understanding.memories, parts.signals),
    ask: tellAnswers(parts.understanding.ask, parts.signals),
    ...parts.accessServices,
    records: createRecordService(parts),
    agents: createAgentService(parts),
    tools: createToolService({ ...parts, builtIn: builtInTools }),
    permissions: parts.permissions,
    stats: createStatsService(parts),
    configuration: createConfigurationService(parts.settings, parts.organizationId === defaultOrganizationId),
    admin: createAdminService({ ...parts, indexes }),
    health,
    status: () => readStatus(parts),
    async setPaused(paused) {
      if (capture.paused === paused) return;
      const before = { ...capture };
      // Set first, so that whoever hears of it and asks is told the same.
      Object.assign(capture, { paused, since: paused ? Date.now() : null });
      await writer.submit({ kind: 'pause', paused }).catch((error: unknown) => {
        Object.assign(capture, before);
        throw error;
      });
    },
    events: (subscription, signal) => bus.subscribe(subscription, signal),
    feed: bus.feed,
    signals: parts.signals,
    issueTicket: (caller) => access.issueTicket('stream', caller),
    installHooks: async () => asBadRequest(() => installHooks(target())),
    uninstallHooks: async () => asBadRequest(() => uninstallHooks({ settingsFile: options.claudeSettingsFile })),
  };
}

function createHealth({
  options: { dataDir },
  organizationId,
  reader,
  intake,
  writer,
  embedding,
  understanding: { jobs, models, costs },
  processMetrics,
  bus,
  startedAt,
}: ServiceParts): HealthService {
  return createHealthService({
    version: appVersion,
    startedAt,
    probes: createProbes({ dataDir, reader, intake, writer, embedding: embedding.service, jobs, models }),
    async metrics() {
      const { memoryMetrics } = await import('./health/memory-metrics.ts');
      const own = await memoryMetrics({ dataDir, reader, jobs, costs, feed: bus.feed });
      // What the process does for all organisations is the owner's to know.
      return organizationId === defaultOrganizationId ? `${await processMetrics.text()}\n${own}` : own;
    },
  });
}

function createReadService({ reader, writer, onFault, beforeClose }: ServiceParts): ReadService {
  const uses = createUseCounter(writer, onFault);
  beforeClose(uses.flush);
  return {
    listProjects: () => reader.call('listProjects'),
    listSessions: (request) => withPage(reader.call('listSessions', request)),
    getSession: (id) => reader.call('getSession', id),
    timeline: (request) => withPage(reader.call('timeline', request)),
    around: (request) => reader.call('observationsAround', request),
    async getObservation(id) {
      const found = await reader.call('getObservation', id);
      if (found !== null) uses.opened(id);
      return found;
    },
  };
}

/** A settings file that is not to be touched is the person's to mend, no bug of ours. */
function asBadRequest<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw new TRPCError({
      code: 'PRECONDITION_FAILED',
      message: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

async function readStatus({
  options,
  access,
  reader,
  embedding,
  errors,
  capture,
  place,
  tenure,
  startedAt,
}: ServiceParts): Promise<StatusView> {
  const paths = dataPaths(options.dataDir);
  const { counts, hooks, sqliteVersion, schemaVersion } = await reader.call('statistics');
  return {
    version: appVersion,
    engine: options.engine,
    started_by: tenure.startedBy(),
    pid: process.pid,
    started_at: new Date(startedAt).toISOString(),
    uptime_ms: Date.now() - startedAt,
    url: place.url,
    port: place.port,
    data_dir: options.dataDir,
    capture: {
      paused: capture.paused,
      paused_since: capture.since === null ? null : new Date(capture.since).toISOString(),
    },
    database: {
      file: paths.database,
      size_bytes: sizeOf(paths.database),
      wal_bytes: sizeOf(`${paths.database}-wal`),
      schema_version: schemaVersion,
      sqlite_version: sqliteVersion,
      counts,
    },
    lock: { file: paths.lock, pid: process.pid, since: new Date(startedAt).toISOString() },
    hooks: hooks.map((hook) => ({ name: hook.name, last_at: new Date(hook.last_at).toISOString(), count: hook.count })),
    installation: hooksStatus({
      settingsFile: options.claudeSettingsFile,
      url: place.url,
      captureToken: access.captureToken,
    }),
    errors: errors.recent(),
    embedding: await embedding.service.status(),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
