import type { CapturedEvent } from '../capture/captured-event.ts';
import type { HookEvents } from '../capture/hook-payload.ts';
import type { Ledger } from '../capture/ledger.ts';
import { createOwnRuns } from '../capture/own-runs.ts';
import type { WritableDb } from '../store/database.ts';
import { createPauseWriter, createTranscriptWriter, type PauseInterval } from '../store/tables/capture-state.ts';
import { createHookActivityWriter } from '../store/tables/statistics.ts';
import { type createContextWriter, nothingDue } from './context-writer.ts';
import type { createPermissionAsks } from './permissions/permission-asks.ts';
import type { IntakeGate } from './settings/intake-gate.ts';
import type { HookAck, WriterTask } from './thread-messages.ts';
import type { createJobTriggers } from './understanding/job-triggers.ts';

export interface WriterIntakeParts {
  db: WritableDb;
  ledger: Ledger;
  gate: IntakeGate;
  context: ReturnType<typeof createContextWriter>;
  triggers: ReturnType<typeof createJobTriggers>;
  asks: ReturnType<typeof createPermissionAsks>;
  /** Where the `claude` program runs when it is asked as a model. */
  ownRuns: string;
}

export interface WriterIntake {
  /** When capture was paused; null while it is not. */
  pausedSince(): number | null;
  hook(hook: HookEvents): HookAck | null;
  transcript(task: Extract<WriterTask, { kind: 'transcript' }>): void;
  pause(paused: boolean, at: number): void;
  /** Writes what was gathered; inside the batch's transaction. */
  flush(): void;
  /** After a transaction was rolled back. */
  reset(): void;
}

const turnEnds = new Set(['Stop', 'StopFailure', 'SubagentStop', 'SessionEnd', 'PreCompact']);

/** What comes from agents, as far as it is wanted; lives in the writer thread. */
export function createWriterIntake(parts: WriterIntakeParts): WriterIntake {
  const { db, ledger, gate, context, triggers, asks } = parts;
  const pauses = createPauseWriter(db);
  const transcripts = createTranscriptWriter(db);
  const activity = createHookActivityWriter(db);
  const isOwnRun = createOwnRuns(parts.ownRuns);
  let intervals = pauses.all();
  const openPause = () => intervals.find((interval) => interval.endedAt === null);

  return {
    pausedSince: () => openPause()?.startedAt ?? null,
    hook(hook) {
      const [said] = hook.events;
      if (said === undefined || openPause() !== undefined || isOwnRun(said)) return null;
      const events = hook.events.map((event) => gate.pass(event, event === said)).filter((event) => event !== null);
      const [first] = events;
      if (first === undefined) return null;
      activity.seen(hook.name, first.receivedAt);
      const [recorded] = events.map((event) => ledger.apply(event));
      const session = hook.sessionId === null ? null : ledger.session(hook.sessionId);
      if (session !== null) triggers.onHook(hook.name, first, session, first.receivedAt);
      const due = session === null || recorded === undefined ? nothingDue : context.due(first, recorded, session);
      const transcriptPath = turnEnds.has(hook.name) ? (agentTranscript(first) ?? first.transcriptPath) : null;
      const questions = asks.onHook(hook.ask, first, session);
      const { permission, endedPermissions } = questions;
      const isAnswered = due.wanted.length > 0 || due.fileHistory !== null || transcriptPath !== null;
      if (!isAnswered && permission === null && endedPermissions.length === 0) return null;
      return { name: hook.name, ...due, transcriptPath, ...questions };
    },
    transcript(task) {
      const wanted = task.events
        .filter((event) => !wasPaused(event, intervals) && !isOwnRun(event))
        .map((event) => gate.pass(event, false))
        .filter((event) => event !== null);
      const news = wanted.filter((event) => ledger.apply(event).outcome !== 'known');
      const sessionId = task.events[0]?.sessionId;
      const session = sessionId ? ledger.session(sessionId) : null;
      if (session !== null) triggers.onTranscript(session, news, Date.now());
      // What it remembers of open calls is said in an erased session's words.
      const isErased = Boolean(sessionId) && ledger.withheld.isErased(sessionId ?? '');
      const position = {
        ...task.position,
        state: isErased ? '{}' : gate.state(task.position.state, task.events[0]?.cwd ?? null),
      };
      transcripts.put(task.path, session?.pk ?? null, position, Date.now());
    },
    pause(paused, at) {
      if (paused === (openPause() !== undefined)) return;
      if (paused) pauses.begin(at);
      else pauses.end(at);
      intervals = pauses.all();
      const type = paused ? 'capture.paused' : 'capture.resumed';
      ledger.log({ type, at, projectPk: null, sessionPk: null, data: {} });
    },
    flush() {
      activity.flush();
      gate.flush();
    },
    reset() {
      activity.reset();
      gate.reset();
      intervals = pauses.all();
    },
  };
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
