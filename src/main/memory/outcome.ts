import type { ReadableDb } from '../store/database.ts';
import { sharesName } from './context/failures.ts';
import { quoted } from './context/quoted.ts';
import type { ObservationRow } from './context/rows.ts';
import { isOffRecord } from './summaries/cues.ts';
import { unwantedEvent, unwantedObservation } from './unwanted.ts';

type CommandRow = Pick<
  ObservationRow,
  'session_pk' | 'type' | 'title' | 'subtitle' | 'narrative' | 'failed' | 'occurred_at'
>;

/** Commands after a failure among which the run that passed is looked for. */
const commandsRead = 200;

/** Reads what came of a turn or of a command that failed; nothing that a person hid or asked to forget. */
export function createOutcomes(db: ReadableDb) {
  const answer = db.prepare<[number, string], { text: string; asked: string | null }>(`
    SELECT substr(m.text, 1, 600) AS text, (
        SELECT substr(p.text, 1, 4000) FROM prompts p
        WHERE p.session_pk = m.session_pk AND p.prompt_id = m.prompt_id ORDER BY p.occurred_at DESC, p.pk DESC LIMIT 1
      ) AS asked
    FROM messages m
    WHERE m.session_pk = ? AND m.prompt_id = ? AND m.is_final = 1 AND m.agent_id IS NULL AND NOT ${unwantedEvent('m.event_pk')}
    ORDER BY m.occurred_at DESC, m.pk DESC LIMIT 1`);
  const passes = db.prepare<[number, number], CommandRow>(`
    SELECT o.session_pk, o.type, o.title, o.subtitle, substr(o.narrative, 1, 400) AS narrative, o.failed, o.occurred_at
    FROM observations o
    WHERE o.session_pk = ? AND o.occurred_at > ? AND o.type = 'command' AND o.failed = 0 AND NOT ${unwantedObservation('o.pk')}
    ORDER BY o.occurred_at, o.pk LIMIT ${commandsRead}`);

  return {
    /** What the main agent said at the end of a turn; null while it has not. */
    answer(sessionPk: number, promptId: string | null): string | null {
      const row = promptId === null ? undefined : answer.get(sessionPk, promptId);
      return row === undefined || (row.asked !== null && isOffRecord(row.asked)) ? null : row.text;
    },
    /** The title of the first run in the same session that passed after this one failed; null when none did. */
    laterPass(failure: CommandRow): string | null {
      if (failure.type !== 'command' || failure.failed === 0) return null;
      const runs = passes.all(failure.session_pk, failure.occurred_at);
      return runs.find((run) => sharesName(run, failure))?.title ?? null;
    },
  };
}

/** Behind what is told: the answer, or else the run that passed; empty where nothing came of it. */
export function outcomeText(answer: string | null, laterPass: string | null, longest: number): string {
  if (answer !== null) return ` → ${quoted(answer, longest)}`;
  return laterPass === null ? '' : ` → ${quoted(laterPass, longest)} passed later`;
}
