import { dirname } from 'node:path';
import { textOf } from '../../shared/text-of.ts';
import type { ReadableDb } from '../store/database.ts';
import type { RecordedEvent } from '../store/tables/events.ts';
import type { createProjectWriter } from '../store/tables/projects.ts';
import type { createSessionWriter, SessionChange } from '../store/tables/sessions.ts';
import { assistantMessage, capturedAgent, type CapturedEvent } from './captured-event.ts';
import { identifyProject, type ProjectIdentity } from './project-identity.ts';

/** Sessions held in memory; a client seldom has more at once, and a lost one is read again. */
const mostSessions = 500;
/** A branch or remote that changes is seen by the sessions that begin after this time. */
const identityLifetimeMs = 5_000;

export interface TrackedSession {
  readonly id: string;
  readonly pk: number;
  readonly projectPk: number;
  readonly root: string;
  contextGivenAt: number | null;
  isNew: boolean;
  latest: number;
}

/** Keeps the sessions of late at hand and gathers what a batch changes in them, so that each is written once a batch. */
export function createSessionTracker(
  rows: ReturnType<typeof createSessionWriter>,
  projects: ReturnType<typeof createProjectWriter>,
) {
  const sessions = new Map<string, TrackedSession>();
  const changes = new Map<TrackedSession, SessionChange>();
  const stale = { title: new Set<TrackedSession>(), conclusion: new Set<TrackedSession>() };
  /** Those whose change is written and not told yet. */
  let changed = new Map<string, TrackedSession>();
  const identities = new Map<string, { identity: ProjectIdentity; until: number }>();
  const projectIds = new Map<number, string>();

  function find(id: string): TrackedSession | null {
    const held = sessions.get(id);
    if (held !== undefined) return held;
    const row = rows.find(id);
    if (row === null) return null;
    return hold({ ...row, id, root: projects.rootOf(row.projectPk), isNew: false, latest: 0 });
  }

  function hold(session: TrackedSession): TrackedSession {
    if (sessions.size >= mostSessions) {
      for (const [id, old] of sessions) {
        if (changes.has(old)) continue;
        sessions.delete(id);
        break;
      }
    }
    sessions.set(session.id, session);
    return session;
  }

  function identify(cwd: string, transcriptPath: string | null): ProjectIdentity {
    const place = `${cwd}\n${transcriptPath === null ? '' : dirname(transcriptPath)}`;
    const known = identities.get(place);
    if (known !== undefined && known.until > Date.now()) return known.identity;
    const identity = identifyProject(cwd, transcriptPath);
    if (identities.size >= mostSessions) identities.clear();
    identities.set(place, { identity, until: Date.now() + identityLifetimeMs });
    return identity;
  }

  function open(event: CapturedEvent): TrackedSession {
    const id = event.sessionId ?? '';
    const known = find(id);
    if (known !== null) return known;
    const cwd = event.cwd ?? '';
    const project = identify(cwd === '' ? '/' : cwd, event.transcriptPath);
    const projectPk = projects.resolve(project, event.occurredAt);
    const row = rows.insert({
      id,
      projectPk,
      agent: event.agent ?? capturedAgent,
      cwd,
      branch: event.branch ?? project.branch,
      transcriptPath: mainTranscript(event),
      at: event.occurredAt,
    });
    return hold({ ...row, id, root: project.root, isNew: true, latest: event.occurredAt });
  }

  function changeOf(session: TrackedSession): SessionChange {
    const known = changes.get(session);
    if (known !== undefined) return known;
    const fresh: SessionChange = {
      earliest: Number.MAX_SAFE_INTEGER,
      latest: 0,
      observations: 0,
      failures: 0,
      prompts: 0,
      status: null,
      endReason: null,
      transcriptPath: null,
      branch: null,
      model: null,
    };
    changes.set(session, fresh);
    return fresh;
  }

  /** Writes what was gathered; who changed is told by `flush`. */
  function write(): void {
    for (const session of stale.title) rows.refreshTitle(session.pk);
    for (const session of stale.conclusion) rows.refreshConclusion(session.pk);
    for (const [session, change] of changes) {
      rows.change(session.pk, change);
      session.latest = Math.max(session.latest, change.latest);
      changed.set(session.id, session);
    }
    clearGathered();
  }

  function clearGathered(): void {
    changes.clear();
    stale.title.clear();
    stale.conclusion.clear();
  }

  function letGo(): void {
    sessions.clear();
    clearGathered();
    projectIds.clear();
  }

  return {
    find,
    open,
    touch(session: TrackedSession, event: CapturedEvent, recorded: RecordedEvent): void {
      // What a transcript repeats is no news of the session; a hook that repeats is (a second resume looks like the first).
      if (recorded.outcome === 'known' && event.source !== 'hook') return;
      const change = changeOf(session);
      change.earliest = Math.min(change.earliest, recorded.occurredAt);
      change.latest = Math.max(change.latest, recorded.occurredAt);
      change.transcriptPath = mainTranscript(event) ?? change.transcriptPath;
      change.branch = event.branch ?? change.branch;
      change.model = event.model ?? change.model;
      if (event.source !== 'hook' || event.name === assistantMessage) return;
      const ended = event.name === 'SessionEnd';
      change.status = ended ? 'ended' : 'active';
      change.endReason = ended ? textOf(event.payload['reason']) || 'other' : null;
    },
    count(session: TrackedSession, delta: Partial<Pick<SessionChange, 'observations' | 'failures' | 'prompts'>>): void {
      const change = changeOf(session);
      change.observations += delta.observations ?? 0;
      change.failures += delta.failures ?? 0;
      change.prompts += delta.prompts ?? 0;
    },
    /** A prompt or final message came: the session's own copy of it is made again when the batch ends. */
    markStale: (session: TrackedSession, what: 'title' | 'conclusion') => void stale[what].add(session),
    /** Writes what was gathered of one session and lets go of it, before its row goes or changes. */
    forget(id: string): void {
      changed.delete(id);
      const session = sessions.get(id);
      if (session === undefined) return;
      const change = changes.get(session);
      if (change !== undefined) rows.change(session.pk, change);
      if (stale.title.delete(session)) rows.refreshTitle(session.pk);
      if (stale.conclusion.delete(session)) rows.refreshConclusion(session.pk);
      changes.delete(session);
      sessions.delete(id);
    },
    /** Writes the gathered changes; returns the sessions that changed. */
    flush(): TrackedSession[] {
      write();
      const told = [...changed.values()];
      changed.clear();
      return told;
    },
    /**
     * Writes the gathered changes before a part that may be taken back, so that they are not taken back with it. The function that it
     * returns forgets what is held of that part.
     */
    beginPart(): () => void {
      write();
      const before = new Map(changed);
      return () => {
        letGo();
        changed = before;
      };
    },
    projectId(projectPk: number, db: ReadableDb): string {
      const known = projectIds.get(projectPk);
      if (known !== undefined) return known;
      const row = db.prepare<[number], { id: string }>('SELECT id FROM projects WHERE pk = ?').get(projectPk);
      const id = row?.id ?? '';
      projectIds.set(projectPk, id);
      return id;
    },
    reset(): void {
      letGo();
      changed.clear();
    },
  };
}

function mainTranscript(event: CapturedEvent): string | null {
  return event.agentId === null ? event.transcriptPath : null;
}
