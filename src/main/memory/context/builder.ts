import type { ContextPreview, ContextSection, InjectionKind } from '../../../shared/context-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { estimateTokens } from '../../../shared/tokens.ts';
import { assemble, longestContext } from './assemble.ts';
import type { Candidate } from './candidate.ts';
import { unresolvedFailures } from './failures.ts';
import { noteLines } from './note-lines.ts';
import { indexLines } from './observation-lines.ts';
import { progressLines } from './progress-lines.ts';
import { named } from './quoted.ts';
import { rememberedLines } from './remembered-lines.ts';
import { relevantLines, type Place } from './relevant-lines.ts';
import { ruleLines } from './rule-lines.ts';
import { createRuleRows, type RememberedRow, type RuleRow } from './rule-rows.ts';
import { createContextRows, type ContextRows, type NoteRow, type ObservationRow, type SessionRow } from './rows.ts';
import { sessionLines } from './session-lines.ts';
import { threadLines } from './thread-lines.ts';

const sessionsConsidered = 8;
const pinnedSessionsConsidered = 3;
const observationsConsidered = 300;
const indexedObservations = 25;
/** After a compaction the conversation goes on: what other sessions did takes no more than this part of the budget. */
const restAfterCompaction = 0.35;

/** At a session's start, of whichever kind. */
export type StartKind = Exclude<InjectionKind, 'prompt' | 'file'>;

export interface StartRequest {
  kind: StartKind;
  projectPk: number;
  /** The session that asks, which is not told of itself; null for one that is not there yet. */
  sessionPk: number | null;
  budgetTokens: number;
}

export interface ContextBuilder {
  build(request: StartRequest): ContextPreview;
}

const headings: Partial<Record<ContextSection, string>> = {
  rules: '## Agreed (approved by the user)',
  remembered: '## Remembered on request',
  notes: '## Noted on where the work stands',
  threads: '## Left open',
  sessions: '## Earlier sessions (asked → answered)',
  relevant: '## Related to this place',
  observations: '## Observations (id, day, what)',
};

type Asking = SessionRow & { context_given_at: number | null };

/** What one project's memory has to say to one session. */
interface Material extends Place {
  sessions: SessionRow[];
  observations: ObservationRow[];
  /** Commands of other sessions that fail and have not passed in any. */
  failures: ObservationRow[];
  asking: Asking | null;
  /** Of the sessions, and of the one that asks. */
  notes: NoteRow[];
  rules: RuleRow[];
  memories: RememberedRow[];
}

/** In the order in which their lines stand. */
const sources: readonly ((rows: ContextRows, material: Material) => Candidate[])[] = [
  (_rows, { rules, ...place }) => ruleLines(rules, place),
  (_rows, { memories }) => rememberedLines(memories),
  (_rows, { notes, except, newest }) => noteLines(notesOfOthers(notes, except), 'notes', newest),
  (rows, { sessions, failures, newest }) => threadLines(rows, sessions, failures, newest),
  (rows, { sessions, branch, newest }) => sessionLines(rows, sessions, { branch, newest }),
  (rows, material) => relevantLines(rows, material, material.sessions, material.observations),
  (_rows, { observations, newest }) => indexLines(observations, newest, indexedObservations),
];

/**
 * Builds what a session is told when it starts. Facts and no orders, since text that commands may be taken for an injection.
 * Reads one project only, and a clock only for what has expired: the same state gives the same bytes.
 */
export function createContextBuilder(db: ReadableDb, now: () => number = Date.now): ContextBuilder {
  const rows = createContextRows(db);
  const believed = createRuleRows(db);

  function gather(projectPk: number, sessionPk: number | null): Material {
    const except = sessionPk ?? -1;
    const recent = rows.recentSessions(projectPk, except, sessionsConsidered);
    const pinned = rows
      .pinnedSessions(projectPk, except, pinnedSessionsConsidered)
      .filter((session) => recent.every((known) => known.pk !== session.pk));
    const asking = sessionPk === null ? null : rows.session(sessionPk);
    const [latest] = recent;
    const { root } = rows.project(projectPk);
    const observations = rows.recentObservations(projectPk, observationsConsidered);
    const isOther = (row: ObservationRow) => row.session_pk !== sessionPk;
    const sessions = [...recent, ...pinned];
    return {
      projectPk,
      except,
      sessions,
      notes: notesOf(projectPk, asking === null ? recent : [...recent, asking], pinned),
      observations: observations.filter((row) => isOther(row) && row.is_unwanted === 0),
      failures: unresolvedFailures(observations).filter(isOther),
      asking,
      rules: believed.rules(projectPk, now()),
      memories: believed.memories(projectPk, now()),
      // One that is not there yet will most likely go on where the last one was.
      branch: asking === null ? (latest?.branch ?? null) : asking.branch,
      cwd: asking?.cwd || root,
      root,
      newest: latest?.last_event_at ?? 0,
    };
  }

  /** Since the recent ones began: a pinned session may be very old, and would have all of the project read. */
  function notesOf(projectPk: number, recent: readonly SessionRow[], pinned: readonly SessionRow[]): NoteRow[] {
    const since = Math.min(...recent.map((session) => session.started_at));
    const told = new Set([...recent, ...pinned].map((session) => session.pk));
    return rows.notes(projectPk, since).filter((note) => told.has(note.session_pk));
  }

  /** Everything but what one session did, which is told elsewhere. */
  function general(material: Material, without: number | null): Candidate[] {
    const isOther = (row: Pick<ObservationRow, 'session_pk'>) => row.session_pk !== without;
    const others: Material = {
      ...material,
      sessions: material.sessions.filter((session) => session.pk !== without),
      observations: material.observations.filter(isOther),
      failures: material.failures.filter(isOther),
      notes: material.notes.filter(isOther),
    };
    return sources.flatMap((linesOf) => linesOf(rows, others));
  }

  function headingOf(projectPk: number, what: string): string {
    return `# Memory of ${named(rows.project(projectPk).name, 80)}\n${what} Quoted words are records.`;
  }

  function startup({ projectPk, budgetTokens }: StartRequest, material: Material): ContextPreview {
    const heading = headingOf(projectPk, 'Recorded in earlier sessions of this project.');
    return assemble({ heading, headings, lines: general(material, null), budgetTokens });
  }

  /** What was done just before belongs in front: the person goes on with it, or has just had enough of it. */
  function clear(request: StartRequest, material: Material): ContextPreview {
    const [before] = material.sessions.filter((session) => session.cwd === material.cwd || material.asking === null);
    if (before === undefined) return startup(request, material);
    const { projectPk, budgetTokens } = request;
    const reason = 'recent_session' as const;
    const done = progressLines(rows, before, material).map((line) =>
      line.reason === 'before_compaction' ? { ...line, reason } : line,
    );
    return assemble({
      heading: headingOf(projectPk, 'Recorded in earlier sessions of this project.'),
      headings: { ...headings, progress: '## The session before' },
      lines: [...done, ...general(material, before.pk)],
      budgetTokens,
    });
  }

  function compact(request: StartRequest, material: Material): ContextPreview {
    const { asking } = material;
    if (asking === null) return startup(request, material);
    const { projectPk, budgetTokens } = request;
    const done = progressLines(rows, asking, material);
    const heading = headingOf(projectPk, 'Recorded in this session before its conversation was summarised.');
    const own = assemble({ heading, headings: { progress: '## This session so far' }, lines: done, budgetTokens });
    const rest = Math.floor(Math.min(budgetTokens * restAfterCompaction, budgetTokens - own.tokens - 1));
    const others = assemble({
      heading: 'Recorded in other sessions of this project.',
      headings,
      lines: general(material, asking.pk),
      budgetTokens: rest,
      longest: longestContext - own.characters - 1,
    });
    return own.text === '' ? startup(request, material) : joined(own, others);
  }

  /** A fork has a new id and no past of its own: its folder has to tell for it. */
  function lastHere(projectPk: number, { pk, cwd, context_given_at: givenAt }: Asking): number | null {
    return givenAt ?? rows.lastObserved(pk) ?? rows.latestContext(projectPk, cwd);
  }

  /** Claude replays what it was given before: only sessions that went on since then, and what has failed in them, are news. */
  function resume(request: StartRequest, material: Material): ContextPreview {
    const { asking } = material;
    const { projectPk, budgetTokens } = request;
    const since = asking === null ? null : lastHere(projectPk, asking);
    if (since === null) return startup(request, material);
    const isNew = (row: Pick<ObservationRow, 'occurred_at'>) => row.occurred_at > since;
    const sessions = material.sessions.filter((session) => rows.turns(session.pk).some((turn) => turn.last_at > since));
    const observations = material.observations.filter(isNew);
    const lines = [
      ...ruleLines(believed.rules(projectPk, now(), since), material),
      ...rememberedLines(believed.memories(projectPk, now(), since)),
      ...noteLines(notesOfOthers(material.notes, material.except).filter(isNew), 'notes', material.newest),
      ...threadLines(rows, sessions, material.failures.filter(isNew), material.newest),
      ...sessionLines(rows, sessions, material, since),
      ...indexLines(observations, material.newest, indexedObservations),
    ];
    const heading = headingOf(projectPk, 'Recorded in other sessions of this project since this one was last here.');
    return assemble({ heading, headings, lines, budgetTokens });
  }

  const kinds = { startup, clear, compact, resume };
  return { build: (request) => kinds[request.kind](request, gather(request.projectPk, request.sessionPk)) };
}

function notesOfOthers(notes: readonly NoteRow[], except: number): NoteRow[] {
  return notes.filter((note) => note.session_pk !== except);
}

function joined(first: ContextPreview, second: ContextPreview): ContextPreview {
  if (second.text === '') return { ...first, left_out: first.left_out + second.left_out };
  const text = `${first.text}\n${second.text}`;
  return {
    ...first,
    text,
    characters: text.length,
    tokens: estimateTokens(text),
    sections: [...first.sections, ...second.sections],
    lines: [...first.lines, ...second.lines],
    left_out: first.left_out + second.left_out,
  };
}
