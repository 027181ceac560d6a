import { dirname } from 'node:path';
import { createLedger } from '../capture/ledger.ts';
import type { CapturedEvent } from '../capture/captured-event.ts';
import { HookPayloadError, parseHookBody, type HookEvents } from '../capture/hook-payload.ts';
import { createOwnRuns } from '../capture/own-runs.ts';
import { redactSecrets } from '../capture/secrets.ts';
import { observe } from '../memory/observe.ts';
import { toLogFormat } from '../observe/logger.ts';
import { createIndexMender } from '../search/index-check.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { dataPaths } from '../store/data-folder.ts';
import { openWritable, type OpenOptions } from '../store/database.ts';
import { newId } from '../store/ids.ts';
import { migrate } from '../store/migrate.ts';
import { createPauseWriter, createTranscriptWriter, type PauseInterval } from '../store/tables/capture-state.ts';
import { createConfigurationWriter } from '../store/tables/configurations.ts';
import { createEmbeddingWriter } from '../store/tables/embeddings.ts';
import { createObservationEraser } from '../store/tables/erase-observations.ts';
import { createEventLogWriter } from '../store/tables/event-log.ts';
import { createSearchHistoryWriter } from '../store/tables/search-history.ts';
import { createHookActivityWriter } from '../store/tables/statistics.ts';
import { createViewerKeyWriter } from '../store/tables/viewer-keys.ts';
import { createContextWriter, nothingDue } from './context-writer.ts';
import { createEmbeddingTasks } from './embedding-tasks.ts';
import { openError } from './open-error.ts';
import { operationFailure, taskFailure } from './task-failures.ts';
import type { HookAck, WriterReady, WriterReport, WriterTask } from './thread-messages.ts';
import { createJobTriggers } from './understanding/job-triggers.ts';
import { createWriterOperations } from './writer-operations.ts';

/** The most tasks in one commit, so that no answer waits long for its neighbours. */
const largestBatch = 512;
const caughtUpKey = 'capture.caught_up_to';
/** Fewer tasks are not worth a sync to the disk. */
const tasksForCheckpoint = 100;
/** A session without a word for longer is taken as ended when the worker starts. */
const staleAfterMs = 24 * 60 * 60 * 1000;
/** Deleted rows whose terms and vectors one maintenance takes away. */
const sweptAtOnce = 5_000;
const turnEnds = new Set(['Stop', 'StopFailure', 'SubagentStop', 'SessionEnd', 'PreCompact']);

type OperationTask = Extract<WriterTask, { kind: 'operation' }>;

export interface Writer {
  ready: WriterReady['ready'];
  enqueue(tasks: WriterTask[]): void;
  /** Commits what is waiting, in batches; reports each commit. */
  drain(report: (report: WriterReport) => void): void;
  /** Folds the write-ahead log into the file when enough was written; for a moment in which nothing waits. */
  rest(): void;
  /** What has to be done now and then in an app that runs for weeks: old log entries, sessions that died unheard. */
  maintain(): void;
  close(): void;
}

/** Opens the file (migrating it) and makes tasks durable. Throws `StoreError` or `SqliteError` when it cannot be opened. */
export function createWriter(databaseFile: string, options: OpenOptions = {}): Writer {
  const { db, close } = openError(databaseFile, () => openWritable(databaseFile, options));
  try {
    migrate(db, dataPaths(dirname(databaseFile)).backups);
  } catch (error) {
    close();
    throw error;
  }
  const faults: string[] = [];
  const index = createLexicalIndex(db);
  const onFault = (fault: unknown) => void faults.push(toLogFormat(fault));
  const ledger = createLedger(db, { observe, index, onFault });
  const context = createContextWriter(db, ledger, onFault);
  const pauses = createPauseWriter(db);
  const transcripts = createTranscriptWriter(db);
  const viewerKeys = createViewerKeyWriter(db);
  const eventLog = createEventLogWriter(db);
  const activity = createHookActivityWriter(db);
  const searchHistory = createSearchHistoryWriter(db);
  const configurations = createConfigurationWriter(db);
  const vectors = createEmbeddingWriter(db);
  const embeddings = createEmbeddingTasks(db, vectors, ledger);
  const eraser = createObservationEraser(db, index, vectors);
  const mender = createIndexMender(db, index, vectors, eraser);
  const triggers = createJobTriggers(db);
  const operations = createWriterOperations({ db, ledger, eraser, onFault });
  const isOwnRun = createOwnRuns(dataPaths(dirname(databaseFile)).claude);
  let intervals = pauses.all();
  let queue: WriterTask[] = [];
  let sinceCheckpoint = 0;
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => db.prepare(sql));

  function maintain(): void {
    db.transaction(() => {
      const now = Date.now();
      for (const session of ledger.endStaleSessions(now - staleAfterMs)) triggers.endSession(session, now);
      eventLog.prune();
      eraser.sweep(sweptAtOnce);
      eraser.prune();
    })();
  }

  maintain();
  const open = intervals.find((interval) => interval.endedAt === null);
  const ready: WriterReady['ready'] = {
    paused: open !== undefined,
    pausedSince: open?.startedAt ?? null,
    schemaVersion: Number(db.pragma('user_version', { simple: true })),
    viewerKeys: viewerKeys.valid(Date.now()),
    caughtUpTo: configurations.number(caughtUpKey),
    embedding: embeddings.start(),
  };

  function isPaused(): boolean {
    return intervals.some((interval) => interval.endedAt === null);
  }

  function applyHook(hook: HookEvents): HookAck | null {
    const [first] = hook.events;
    if (first === undefined || isPaused() || isOwnRun(first)) return null;
    activity.seen(hook.name, first.receivedAt);
    const [recorded] = hook.events.map((event) => ledger.apply(event));
    const session = hook.sessionId === null ? null : ledger.session(hook.sessionId);
    if (session !== null) triggers.onHook(hook.name, first, session, first.receivedAt);
    const due = session === null || recorded === undefined ? nothingDue : context.due(first, recorded, session);
    const transcriptPath = turnEnds.has(hook.name) ? (agentTranscript(first) ?? first.transcriptPath) : null;
    const isAnswered = due.wanted.length > 0 || due.fileHistory !== null || transcriptPath !== null;
    return isAnswered ? { name: hook.name, ...due, transcriptPath } : null;
  }

  /** In a savepoint of its own. What it refuses or stumbles over concerns nobody else in this commit. */
  function operate(task: OperationTask, report: WriterReport): void {
    const { ticket, name, argument } = task;
    try {
      const operation = operations[name] as (argument: unknown) => unknown;
      report.results.push({ ticket, value: ledger.savepoint(() => operation(argument)) });
    } catch (error) {
      // A full disk is everybody's.
      if (!db.inTransaction()) throw error;
      const failure = operationFailure(error);
      if (failure.isBug) onFault(error);
      report.failures.push({ ticket, error: failure.error });
    }
  }

  function perform(task: Exclude<WriterTask, OperationTask>): HookAck | null {
    switch (task.kind) {
      case 'hook':
        return applyHook(parseHookBody(task.body, task.sizeBytes, task.receivedAt));
      case 'parsed-hook':
        return applyHook(task);
      case 'transcript': {
        const wanted = task.events.filter((event) => !wasPaused(event, intervals) && !isOwnRun(event));
        const news = wanted.filter((event) => ledger.apply(event).outcome !== 'known');
        const sessionId = task.events[0]?.sessionId;
        const session = sessionId ? ledger.session(sessionId) : null;
        if (session !== null) triggers.onTranscript(session, news, Date.now());
        transcripts.put(task.path, session?.pk ?? null, task.position, Date.now());
        return null;
      }
      case 'pause': {
        const at = Date.now();
        if (task.paused === isPaused()) return null;
        if (task.paused) pauses.begin(at);
        else pauses.end(at);
        intervals = pauses.all();
        ledger.log({
          type: task.paused ? 'capture.paused' : 'capture.resumed',
          at,
          projectPk: null,
          sessionPk: null,
          data: {},
        });
        return null;
      }
      case 'listen':
        ledger.listen(task.listening);
        return null;
      case 'caught-up':
        configurations.putNumber(caughtUpKey, task.at, Date.now());
        return null;
      case 'context-given':
        context.given(task);
        return null;
      case 'context-choice':
        context.choose(task);
        return null;
      case 'mark':
        context.mark(task);
        return null;
      case 'remember-query':
        searchHistory.remember(redactSecrets(task.query), task.at);
        return null;
      case 'forget-queries':
        searchHistory.forget();
        return null;
      case 'viewer-key':
        viewerKeys.insert(newId(Date.now()), task.keyHash, Date.now(), task.expiresAt);
        return null;
      case 'mend-index':
        mender.mend(task.pks);
        if (task.isLast) mender.finish();
        return null;
      case 'vectors':
      case 'vector-model':
      case 'embedding-setting':
      case 'embedding-done':
      case 'embedding-usage':
      case 'embedding-changed':
        embeddings.perform(task);
        return null;
    }
  }

  /** Commits the tasks together. Throws when one of them, or the commit, fails; nothing is kept then. */
  function commitAll(tasks: WriterTask[]): WriterReport {
    const report = emptyReport();
    begin?.run();
    try {
      for (const task of tasks) {
        if (task.kind === 'operation') {
          operate(task, report);
          continue;
        }
        try {
          const hook = perform(task);
          if (hook === null) report.done.push(task.ticket);
          else report.answers.push({ ticket: task.ticket, hook });
        } catch (error) {
          // A body that cannot be read has touched nothing.
          if (!(error instanceof HookPayloadError)) throw error;
          report.failures.push({ ticket: task.ticket, error: { code: error.code, message: error.message } });
        }
      }
      const entries = ledger.flush();
      activity.flush();
      commit?.run();
      return { ...report, entries: entries.length === 0 ? '' : JSON.stringify(entries), faults: faults.splice(0) };
    } catch (error) {
      if (db.inTransaction()) rollback?.run();
      ledger.reset();
      activity.reset();
      intervals = pauses.all();
      throw error;
    }
  }

  /** Commits one batch; when one task spoils it, each alone, so that the others are kept. */
  function commitBatch(tasks: WriterTask[], report: (report: WriterReport) => void): void {
    try {
      report(commitAll(tasks));
    } catch (error) {
      const [single, ...others] = tasks;
      if (single !== undefined && others.length === 0) {
        report({
          ...emptyReport(),
          failures: [{ ticket: single.ticket, error: taskFailure(error) }],
          faults: [toLogFormat(error)],
        });
        return;
      }
      for (const task of tasks) commitBatch([task], report);
    }
  }

  return {
    ready,
    enqueue: (tasks) => void queue.push(...tasks),
    drain(report) {
      while (queue.length > 0) {
        const batch = queue.slice(0, largestBatch);
        sinceCheckpoint += batch.length;
        queue = queue.slice(largestBatch);
        commitBatch(batch, report);
      }
    },
    maintain,
    rest() {
      if (sinceCheckpoint < tasksForCheckpoint || queue.length > 0) return;
      sinceCheckpoint = 0;
      db.pragma('wal_checkpoint(PASSIVE)');
    },
    close() {
      db.pragma('optimize');
      db.pragma('wal_checkpoint(TRUNCATE)');
      close();
    },
  };
}

function emptyReport(): WriterReport {
  return { done: [], answers: [], results: [], failures: [], entries: '', faults: [] };
}

function agentTranscript(event: CapturedEvent): string | null {
  const path = event.payload['agent_transcript_path'];
  return typeof path === 'string' ? path : null;
}

function wasPaused(event: CapturedEvent, intervals: readonly PauseInterval[]): boolean {
  return intervals.some(
    (interval) => event.occurredAt >= interval.startedAt && event.occurredAt < (interval.endedAt ?? Infinity),
  );
}
