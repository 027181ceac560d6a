import type { ContextLine, ContextPreview } from '../../../shared/context-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { assemble, nothing } from '../context/assemble.ts';
import { candidate, recency } from '../context/candidate.ts';
import { wasRefused } from '../context/failures.ts';
import { day, named, quoted } from '../context/quoted.ts';
import { createContextRows } from '../context/rows.ts';
import { shortPath } from '../observe-fields.ts';
import { createOutcomes, outcomeText } from '../outcome.ts';
import { createFileRows, type FileEventRow } from './file-rows.ts';

/** It stands beside a tool's result, often: a hint and no report. */
export const fileBudgetTokens = 120;
const mostLines = 3;

export interface FileRequest {
  projectPk: number;
  sessionPk: number | null;
  /** Null for the session's main agent. */
  agentId: string | null;
  /** As the tool names it. */
  file: string;
}

/**
 * What earlier sessions learned about a file that is about to be read or changed: calls on it that failed, and changes in turns in
 * which a command failed. Nothing for a file without trouble, for one that this agent changed itself or was told of since its last compaction.
 */
export function createFileHistory(db: ReadableDb) {
  const rows = createFileRows(db);
  const context = createContextRows(db);
  const outcomes = createOutcomes(db);

  function lineOf(call: FileEventRow, newest: number): ContextLine | null {
    const place = { section: 'file', observation: call.id, session: call.session_id } as const;
    const fresh = recency(call.occurred_at, newest);
    if (call.failed === 1) {
      const text = `- ${day(call.occurred_at)} ${named(call.tool ?? 'call', 30)} failed: ${quoted(call.subtitle ?? '', 90)}`;
      return candidate({ ...place, text, reason: 'file_failed_before', value: 0.4 + 0.2 * fresh });
    }
    const failures = rows.failures(call);
    const failure = failures.find((row) => row.occurred_at >= call.occurred_at) ?? failures.at(-1);
    if (failure === undefined) return null;
    const isAfter = failure.occurred_at >= call.occurred_at;
    const answer = outcomes.answer(call.session_pk, call.prompt_id);
    const outcome = outcomeText(answer, answer === null ? outcomes.laterPass(failure) : null, 110);
    const failed = `${quoted(failure.title, 60)} failed (${quoted(failure.subtitle ?? '', 70)})`;
    const text = `- ${day(call.occurred_at)} changed ${isAfter ? 'before' : 'after'} ${failed}${outcome}`;
    const reason = isAfter ? 'file_failed_before' : 'file_changed_before';
    return candidate({ ...place, text, reason, value: (isAfter ? 0.7 : 0.6) + 0.2 * fresh });
  }

  return {
    build({ projectPk, sessionPk, agentId, file }: FileRequest): ContextPreview {
      const filePk = rows.find(file);
      if (filePk === null) return nothing(fileBudgetTokens, true);
      const calls = rows.calls(filePk).filter((call) => call.project_pk === projectPk);
      const isOwn = (call: FileEventRow) => call.session_pk === sessionPk;
      if (sessionPk !== null) {
        const since = rows.compactedAt(sessionPk, agentId);
        const knows = (call: FileEventRow) => isOwn(call) && call.agent_id === agentId && call.occurred_at >= since;
        const hasChanged = calls.some((call) => knows(call) && call.type === 'change');
        if (hasChanged || rows.wasTold(sessionPk, agentId, since, file)) return nothing(fileBudgetTokens, true);
      }
      const turns = new Set<string>();
      const newest = calls[0]?.occurred_at ?? 0;
      const lines: ContextLine[] = [];
      for (const call of calls) {
        // One line a turn: an agent often edits a file many times in a row.
        const turn = `${call.session_pk} ${call.prompt_id ?? ''}`;
        if (isOwn(call) || call.is_unwanted === 1 || wasRefused(call) || turns.has(turn)) continue;
        const line = lineOf(call, newest);
        if (line === null) continue;
        turns.add(turn);
        lines.push(line);
        if (lines.length === mostLines) break;
      }
      const { root } = context.project(projectPk);
      const heading = `Earlier sessions, ${named(shortPath(file, root), 120)}:`;
      return assemble({ heading, headings: {}, lines, budgetTokens: fileBudgetTokens });
    },
  };
}
