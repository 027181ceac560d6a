import { textOf } from '../../shared/text-of.ts';
import type { MemoryEvent, ObservationContent } from '../../shared/views.ts';
import type { WritableDb } from '../store/database.ts';
import { newId } from '../store/ids.ts';
import { createEventLogWriter, type NewLogEntry } from '../store/tables/event-log.ts';
import { createEventWriter, type RecordedEvent } from '../store/tables/events.ts';
import { createCorrectionWriter } from '../store/tables/observation-corrections.ts';
import { createObservationWriter, type ObservationRecord } from '../store/tables/observations.ts';
import { createProjectWriter } from '../store/tables/projects.ts';
import { createSpeechWriter } from '../store/tables/prompts.ts';
import { createAgentWriter, createSessionWriter } from '../store/tables/sessions.ts';
import { isoTime } from '../store/times.ts';
import { assistantMessage, sourceRanks, type CapturedEvent } from './captured-event.ts';
import { isMachinePrompt } from '../../shared/machine-prompt.ts';
import { createSessionTracker, type TrackedSession } from './session-tracker.ts';
import { createWithheld, type Withheld } from './withheld.ts';

/** Indexes one observation's text under its row id and returns its number of terms; search/ gives the real one. */
export interface TextIndex {
  put(pk: number, observation: ObservationContent): number;
}

export interface LedgerParts {
  /** What an event means; memory/ gives the real one. */
  observe(name: string, payload: Record<string, unknown>, root: string): ObservationContent | null;
  index: TextIndex;
  /** A bug in a rule was caught. */
  onFault(fault: unknown): void;
}

export interface Ledger {
  /** Records one event and all that follows from it; call inside a transaction. */
  apply(event: CapturedEvent): RecordedEvent;
  /** Ends the batch inside the same transaction: writes what was gathered, returns the log entries for those who listen. */
  flush(): MemoryEvent[];
  /** Appends to the event log what is no event of an agent; returns the entry's id. `sessionId` names the session of its `sessionPk`. */
  log(entry: NewLogEntry, sessionId?: string): number;
  /** Whether `flush` is to return entries; the log itself gets them in any case. */
  listen(listening: boolean): void;
  /** Runs a part of the batch that leaves nothing behind when it throws: no rows, and no entries for those who listen. */
  savepoint<T>(part: () => T): T;
  session(id: string): TrackedSession | null;
  /** Writes what was gathered of a session and forgets it; for whoever writes its row. */
  forget(id: string): void;
  /** What was deleted and is not taken any more. */
  withheld: Withheld;
  markContextGiven(id: string, at: number): void;
  /** Gives those that it ended. */
  endStaleSessions(before: number): { pk: number; projectPk: number }[];
  /** Forgets what is held in memory, after a transaction was rolled back. */
  reset(): void;
}

/** The one place where events become rows. Everything below the ledger row is a view that can be made again from it. */
export function createLedger(db: WritableDb, { observe, index, onFault }: LedgerParts): Ledger {
  const recordEvent = createEventWriter(db);
  const observations = createObservationWriter(db);
  const projects = createProjectWriter(db);
  const sessionRows = createSessionWriter(db);
  const speech = createSpeechWriter(db);
  const agents = createAgentWriter(db);
  const eventLog = createEventLogWriter(db);
  const tracker = createSessionTracker(sessionRows, projects);
  const corrections = createCorrectionWriter(db);
  const withheld = createWithheld(db);
  let entries: MemoryEvent[] = [];
  let listening = false;

  /** `sessionId`: of one that is there no more. */
  function log(entry: NewLogEntry, session: TrackedSession | null, sessionId: string | null = null): number {
    const id = eventLog.append(entry);
    if (!listening) return id;
    const projectPk = session?.projectPk ?? (sessionId === null ? null : entry.projectPk);
    entries.push({
      id,
      type: entry.type,
      at: isoTime(entry.at),
      project_id: projectPk === null ? null : tracker.projectId(projectPk, db),
      session_id: session?.id ?? sessionId,
      data: entry.data,
    });
    return id;
  }

  function logFor(session: TrackedSession, type: NewLogEntry['type'], at: number, data: NewLogEntry['data']): number {
    return log({ type, at, projectPk: session.projectPk, sessionPk: session.pk, data }, session);
  }

  /** A bug in a rule must not cost the event: it stays in the ledger, without its view. */
  function observeSafely(event: CapturedEvent, root: string): ObservationContent | null {
    try {
      return observe(event.name, event.payload, root);
    } catch (fault) {
      onFault(fault);
      return null;
    }
  }

  function putObservation(event: CapturedEvent, recorded: RecordedEvent, session: TrackedSession): void {
    const seen = observeSafely(event, session.root);
    if (seen === null) return;
    const known = recorded.outcome === 'new' ? null : observations.findByEvent(recorded.pk);
    // A person knows better than a better source.
    const draft = known ? { ...seen, ...corrections.of(known.pk) } : seen;
    const id = known?.id ?? newId(recorded.occurredAt);
    const data = { observation_id: id, observation_type: draft.type, title: draft.title, failed: draft.failed };
    const revision = logFor(session, known ? 'observation.updated' : 'observation.created', recorded.occurredAt, data);
    const record = toRecord(event, draft, { id, recorded, session, revision });
    const pk = known?.pk ?? observations.insert(record);
    if (known) observations.replace(pk, record);
    observations.setTermCount(pk, index.put(pk, draft));
    const failures = Number(draft.failed) - (known?.failed ?? 0);
    tracker.count(session, { observations: known ? 0 : 1, failures });
  }

  /** Only the time was corrected: the views keep what the better source said. */
  function move(recorded: RecordedEvent, session: TrackedSession): void {
    speech.move(recorded.pk, recorded.occurredAt);
    tracker.markStale(session, 'title');
    tracker.markStale(session, 'conclusion');
    const known = observations.findByEvent(recorded.pk);
    if (known === null) return;
    const revision = logFor(session, 'observation.updated', recorded.occurredAt, { observation_id: known.id });
    observations.move(known.pk, recorded.occurredAt, revision);
  }

  function putSpeech(event: CapturedEvent, recorded: RecordedEvent, session: TrackedSession): void {
    const record = {
      sessionPk: session.pk,
      eventPk: recorded.pk,
      promptId: event.promptId,
      occurredAt: recorded.occurredAt,
    };
    if (event.name === 'UserPromptSubmit') {
      speech.putPrompt({ ...record, text: textOf(event.payload['prompt']) });
      tracker.count(session, { prompts: recorded.outcome === 'new' ? 1 : 0 });
      tracker.markStale(session, 'title');
      if (recorded.outcome === 'new') {
        logFor(session, 'prompt.created', recorded.occurredAt, { prompt_id: event.promptId });
      }
    }
    const isMessage = event.name === assistantMessage;
    if (!isMessage && event.name !== 'PostCompact') return;
    const text = textOf(isMessage ? event.payload['text'] : event.payload['compact_summary']);
    if (text === '') return;
    const isFinal = event.payload['final'] === true;
    const id = speech.putMessage({
      ...record,
      agentId: event.agentId,
      role: isMessage ? 'assistant' : 'summary',
      isFinal,
      text,
    });
    if (isFinal && event.agentId === null) tracker.markStale(session, 'conclusion');
    if (recorded.outcome !== 'new') return;
    logFor(session, 'message.created', recorded.occurredAt, { message_id: id, final: isFinal });
  }

  function apply(event: CapturedEvent): RecordedEvent {
    if (withheld.takes(event)) return { pk: 0, outcome: 'known', occurredAt: event.occurredAt };
    const session = event.sessionId === null ? null : tracker.open(event);
    if (session?.isNew === true) {
      session.isNew = false;
      logFor(session, 'session.started', event.occurredAt, { cwd: event.cwd });
    }
    const recorded = recordEvent({
      key: event.key,
      source: event.source,
      sourceRank: sourceRanks[event.source],
      name: event.name,
      sessionPk: session?.pk ?? null,
      promptId: event.promptId,
      toolUseId: event.toolUseId,
      agentId: event.agentId,
      occurredAt: event.occurredAt,
      receivedAt: event.receivedAt,
      originalBytes: event.originalBytes,
      payload: JSON.stringify(event.payload),
    });
    if (session === null) return recorded;
    tracker.touch(session, event, recorded);
    if (event.agentId !== null) {
      agents.seen(session.pk, event.agentId, event.agentType, recorded.occurredAt, event.name === 'SubagentStop');
    }
    if (event.name === 'SessionEnd') {
      logFor(session, 'session.ended', event.occurredAt, { reason: textOf(event.payload['reason']) });
    }
    if (recorded.outcome === 'known' || isMachineMade(event)) return recorded;
    if (recorded.outcome === 'moved') {
      move(recorded, session);
      return recorded;
    }
    putObservation(event, recorded, session);
    putSpeech(event, recorded, session);
    return recorded;
  }

  return {
    apply,
    flush() {
      for (const session of tracker.flush()) {
        logFor(session, 'session.updated', session.latest, {});
        projects.touch(session.projectPk, session.latest);
      }
      const flushed = entries;
      entries = [];
      return flushed;
    },
    log: (entry, sessionId) => log(entry, sessionId === undefined ? null : tracker.find(sessionId), sessionId),
    listen: (wanted) => void (listening = wanted),
    savepoint(part) {
      const { length } = entries;
      const takeBack = tracker.beginPart();
      try {
        return db.transaction(part)();
      } catch (error) {
        entries.length = length;
        takeBack();
        withheld.reload();
        throw error;
      }
    },
    session: (id) => tracker.find(id),
    forget: (id) => tracker.forget(id),
    withheld,
    markContextGiven(id, at) {
      const session = tracker.find(id);
      if (session === null) return;
      session.contextGivenAt = at;
      sessionRows.markContextGiven(session.pk, at);
    },
    endStaleSessions: (before) => sessionRows.endStale(before),
    reset() {
      entries = [];
      tracker.reset();
      withheld.reload();
    },
  };
}

/** A prompt that no person typed is kept in the ledger and is no prompt of the session. */
function isMachineMade(event: CapturedEvent): boolean {
  return event.name === 'UserPromptSubmit' && isMachinePrompt(textOf(event.payload['prompt']));
}

function toRecord(
  event: CapturedEvent,
  draft: ObservationContent,
  place: { id: string; recorded: RecordedEvent; session: TrackedSession; revision: number },
): ObservationRecord {
  return {
    id: place.id,
    sessionPk: place.session.pk,
    projectPk: place.session.projectPk,
    eventPk: place.recorded.pk,
    type: draft.type,
    tool: draft.tool,
    agentId: event.agentId,
    promptId: event.promptId,
    title: draft.title,
    subtitle: draft.subtitle,
    facts: draft.facts,
    narrative: draft.narrative,
    concepts: draft.concepts,
    filesRead: draft.files_read,
    filesChanged: draft.files_changed,
    importance: draft.importance,
    failed: draft.failed,
    durationMs: draft.duration_ms,
    occurredAt: place.recorded.occurredAt,
    termCount: 0,
    revision: place.revision,
  };
}
