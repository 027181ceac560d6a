import type { CapturedEvent } from '../capture/captured-event.ts';
import { toolFile } from '../capture/tool-file.ts';
import type { Ledger } from '../capture/ledger.ts';
import type { TrackedSession } from '../capture/session-tracker.ts';
import { createFileHistory } from '../memory/file-history/file-history.ts';
import { isMachinePrompt } from '../../shared/machine-prompt.ts';
import { textOf } from '../../shared/text-of.ts';
import type { WritableDb } from '../store/database.ts';
import { newId } from '../store/ids.ts';
import { createContextChoiceReader, createContextChoiceWriter } from '../store/tables/context-choices.ts';
import type { RecordedEvent } from '../store/tables/events.ts';
import { createInjectionWriter } from '../store/tables/injections.ts';
import { createMarkWriter } from '../store/tables/marks.ts';
import { createSessionStarts, type StartKind } from './session-starts.ts';
import type { GivenContext, HookAck, WantedContext, WriterTask } from './thread-messages.ts';
import { createSummaryTriggers } from './understanding/summary-triggers.ts';

type Task<Kind extends WriterTask['kind']> = Extract<WriterTask, { kind: Kind }>;

/** Claude replays what it was given before on these: only what is new since then is given. */
const replayed = new Set(['resume', 'fork']);
/** Kept of the prompt that something was given for. */
const promptKept = 300;

type DueContext = Pick<HookAck, 'wanted' | 'fileHistory'>;
export const nothingDue: DueContext = { wanted: [], fileHistory: null };

/** What the writer does about context: what an event's answer is to carry, what was given, what people chose and marked. */
export function createContextWriter(db: WritableDb, ledger: Ledger, onFault: (fault: unknown) => void) {
  const choices = createContextChoiceReader(db);
  const choiceRows = createContextChoiceWriter(db);
  const injections = createInjectionWriter(db);
  const marks = createMarkWriter(db);
  const files = createFileHistory(db);
  const starts = createSessionStarts();
  const summaries = createSummaryTriggers(db);

  function wantedFor(event: CapturedEvent, recorded: RecordedEvent, session: TrackedSession): WantedContext[] {
    const settings = choices.effective(session.projectPk, session.pk);
    const place = { projectPk: session.projectPk, sessionPk: session.pk, sessionId: session.id };
    const start = { ...place, promptId: null, prompt: null };
    if (event.name === 'SessionStart') {
      const source = textOf(event.payload['source']);
      const isRepeated = starts.isRepeated(session.id, source, event.receivedAt);
      const kind = isRepeated ? null : startKind(source, recorded, session.contextGivenAt);
      if (kind === null || !settings.context) return [];
      starts.owe(session.id, kind);
      return [{ ...start, kind }];
    }
    starts.goOn(session.id);
    if (event.name !== 'UserPromptSubmit') return [];
    const prompt = textOf(event.payload['prompt']);
    const isRepeated = recorded.outcome === 'known';
    // SessionStart never came, or its answer did not arrive.
    const owed = starts.owed(session.id) ?? (session.contextGivenAt === null ? 'startup' : null);
    return [
      ...(owed !== null && settings.context ? [{ ...start, kind: owed }] : []),
      ...(settings.recall && !isRepeated && !isMachinePrompt(prompt)
        ? [{ ...place, kind: 'prompt' as const, promptId: event.promptId, prompt }]
        : []),
    ];
  }

  function fileHistory(event: CapturedEvent, recorded: RecordedEvent, session: TrackedSession): HookAck['fileHistory'] {
    if (event.name !== 'PreToolUse' || recorded.outcome === 'known') return null;
    const file = toolFile(event.payload['tool_input']);
    if (file === undefined) return null;
    const preview = files.build({ projectPk: session.projectPk, sessionPk: session.pk, agentId: event.agentId, file });
    if (preview.text === '' || !choices.effective(session.projectPk, session.pk).file_history) return null;
    const given: GivenContext = {
      kind: 'file',
      agentId: event.agentId,
      promptId: event.promptId,
      prompt: null,
      file,
      preview,
    };
    return { sessionId: session.id, given };
  }

  return {
    commit: starts.commit,
    /** After a transaction was rolled back. */
    reset: starts.reset,
    /** What the answer to this event is to carry. */
    due(event: CapturedEvent, recorded: RecordedEvent, session: TrackedSession): DueContext {
      try {
        return { wanted: wantedFor(event, recorded, session), fileHistory: fileHistory(event, recorded, session) };
      } catch (fault) {
        // A bug here must not cost the event.
        onFault(fault);
        return nothingDue;
      }
    },
    given({ sessionId, given, at }: Task<'context-given'>): void {
      const session = ledger.session(sessionId);
      if (session === null) return;
      if (given.kind !== 'prompt' && given.kind !== 'file') {
        ledger.markContextGiven(sessionId, at);
        starts.given(sessionId);
      }
      const { kind, agentId, promptId, prompt, file, preview } = given;
      if (preview.text === '') return;
      const id = newId(at);
      injections.insert({
        id,
        sessionPk: session.pk,
        kind,
        agentId,
        promptId,
        prompt: prompt === null ? null : prompt.slice(0, promptKept).toWellFormed(),
        file,
        text: preview.text,
        tokens: preview.tokens,
        budgetTokens: preview.budget_tokens,
        lines: preview.lines,
        at,
      });
      const data = { injection_id: id, kind, lines: preview.lines.length, tokens: preview.tokens };
      const place = { projectPk: session.projectPk, sessionPk: session.pk };
      ledger.log({ type: 'context.given', at, ...place, data }, sessionId);
    },
    choose({ scope, change, at }: Task<'context-choice'>): void {
      choiceRows.put(scope, change, at);
    },
    mark({ target, id, mark, at }: Task<'mark'>): void {
      const row = target === 'session' ? marks.findSession(id) : marks.findObservation(id);
      // Gone since the reader saw it.
      if (row === null) return;
      const { pk, sessionId, ...place } = row;
      if (target === 'session') {
        const revision = ledger.log({ type: 'session.updated', at, ...place, data: { mark } }, sessionId);
        marks.markSession(pk, mark, at, revision);
      } else {
        const data = { observation_id: id, mark };
        const revision = ledger.log({ type: 'observation.updated', at, ...place, data }, sessionId);
        marks.markObservation(pk, mark, at, revision);
      }
      summaries.afterMark({ target, id, at });
    },
  };
}

function startKind(source: string, recorded: RecordedEvent, givenAt: number | null): StartKind | null {
  if (replayed.has(source)) return 'resume';
  if (source === 'compact') return 'compact';
  if (givenAt !== null && recorded.outcome === 'known') return null;
  return source === 'clear' ? 'clear' : 'startup';
}
