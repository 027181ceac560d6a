import type { ContextPreview } from '../../shared/views.ts';
import type { ReadableDb } from '../store/database.ts';
import { estimateTokens } from './tokens.ts';

/** What a session is given unless the person chose otherwise; DESIGN §8. */
export const defaultBudgetTokens = 1_500;
/** Claude Code cuts a hook's text above 10,000 characters into a file and a preview. */
const longestContext = 9_500;
const recentSessions = 6;
const indexedObservations = 25;
const observationsConsidered = 300;
const sessionsInDetail = 2;
const turnsShown = 4;
const shareOfSessions = 0.6;

interface SessionRow {
  id: string;
  title: string | null;
  conclusion: string | null;
  branch: string | null;
  last_event_at: number;
  failure_count: number;
}

interface TurnRow {
  asked: string;
  outcome: string | null;
}

interface IndexRow {
  id: string;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  failed: number;
  occurred_at: number;
}

interface Section {
  name: string;
  heading: string;
  lines: string[];
}

export interface ContextBuilder {
  /** The context of a project, leaving out one session (the one that asks); empty when nothing is known. */
  build(projectPk: number, exceptSessionPk: number | null, budgetTokens?: number): ContextPreview;
}

/**
 * Builds what a new session is told: the recent sessions of the same project and an index of observations that can be
 * opened by id. Facts and no orders, since text that commands may be taken for an injection. Reads this project only.
 */
export function createContextBuilder(db: ReadableDb): ContextBuilder {
  const project = db.prepare<[number], { name: string }>('SELECT name FROM projects WHERE pk = ?');
  const sessions = db.prepare<[number, number, number], SessionRow>(`
    SELECT id, title, conclusion, branch, last_event_at, failure_count FROM sessions
    WHERE project_pk = ? AND pk <> ? AND (title IS NOT NULL OR conclusion IS NOT NULL)
    ORDER BY last_event_at DESC, pk DESC LIMIT ?`);
  const turns = db.prepare<[string], TurnRow>(`
    SELECT substr(p.text, 1, 400) AS asked, (
      SELECT substr(m.text, 1, 600) FROM messages m
      WHERE m.session_pk = p.session_pk AND m.prompt_id = p.prompt_id AND m.is_final = 1 AND m.agent_id IS NULL
      ORDER BY m.occurred_at DESC, m.pk DESC LIMIT 1
    ) AS outcome
    FROM prompts p JOIN sessions s ON s.pk = p.session_pk
    WHERE s.id = ? ORDER BY p.occurred_at DESC, p.pk DESC LIMIT ${turnsShown}`);
  // The newest that may matter are chosen from the index alone, so that a new session never waits for a big memory.
  const index = db.prepare<[number, number], IndexRow>(`
    SELECT o.id, o.type, o.tool, o.title, o.subtitle, o.failed, o.occurred_at
    FROM (
      SELECT pk, importance, occurred_at FROM (
        SELECT pk, importance, occurred_at FROM observations
        WHERE project_pk = ? AND type IN ('change', 'command', 'delegation', 'research', 'summary')
        ORDER BY occurred_at DESC LIMIT ${observationsConsidered}
      ) ORDER BY importance DESC, occurred_at DESC LIMIT ${indexedObservations}
    ) chosen JOIN observations o ON o.pk = chosen.pk
    WHERE o.session_pk <> ? ORDER BY chosen.importance DESC, chosen.occurred_at DESC`);

  function sessionLines(row: SessionRow, position: number): string[] {
    // The newest are told turn by turn, the others by how they began and ended.
    const told = position < sessionsInDetail ? turns.all(row.id).toReversed() : [];
    const [first, ...later] = told.length > 0 ? told : [{ asked: row.title ?? '', outcome: row.conclusion }];
    const place = row.branch ? ` [${row.branch}]` : '';
    const lines = [`- ${day(row.last_event_at)}${place} ${oneLine(first?.asked ?? '', 160)}`];
    if (first?.outcome) lines.push(`  → ${oneLine(first.outcome, 320)}`);
    for (const turn of later) {
      lines.push(`  then: ${oneLine(turn.asked, 160)}`);
      if (turn.outcome) lines.push(`  → ${oneLine(turn.outcome, 320)}`);
    }
    return [lines.join('\n')];
  }

  return {
    build(projectPk, exceptSessionPk, budgetTokens = defaultBudgetTokens) {
      const except = exceptSessionPk ?? -1;
      const name = project.get(projectPk)?.name ?? '';
      const sections: Section[] = [
        {
          name: 'sessions',
          heading: '## Recent sessions',
          lines: sessions.all(projectPk, except, recentSessions).flatMap(sessionLines),
        },
        {
          name: 'observations',
          heading: '## Observations (id, day, what)',
          lines: index.all(projectPk, except).map(indexLine),
        },
      ];
      return assemble(`# Memory of ${name}`, sections, budgetTokens);
    },
  };
}

function assemble(heading: string, sections: Section[], budgetTokens: number): ContextPreview {
  const parts: string[] = [];
  const shown: ContextPreview['sections'] = [];
  let tokens = estimateTokens(heading);
  let characters = heading.length + 2;
  for (const [position, section] of sections.entries()) {
    const budget = position === 0 && sections.length > 1 ? budgetTokens * shareOfSessions : budgetTokens;
    const kept: string[] = [];
    let used = estimateTokens(section.heading);
    for (const line of section.lines) {
      const cost = estimateTokens(line) + 1;
      if (tokens + used + cost > budget || characters + line.length + section.heading.length + 3 > longestContext) {
        continue;
      }
      kept.push(line);
      used += cost;
      characters += line.length + 1;
    }
    if (kept.length === 0) continue;
    tokens += used;
    characters += section.heading.length + 2;
    parts.push(`${section.heading}\n${kept.join('\n')}`);
    shown.push({ name: section.name, lines: kept.length, tokens: used });
  }
  const text = parts.length === 0 ? '' : `${heading}\n\n${parts.join('\n\n')}\n`.toWellFormed();
  return { text, characters: text.length, tokens: estimateTokens(text), budget_tokens: budgetTokens, sections: shown };
}

function indexLine(row: IndexRow): string {
  const what = row.type === 'change' ? 'changed' : row.failed === 1 ? 'failed' : (row.tool ?? row.type);
  const detail = row.subtitle ? ` — ${oneLine(row.subtitle, 100)}` : '';
  return `- ${row.id} ${day(row.occurred_at)} ${what}: ${oneLine(row.title, 100)}${detail}`;
}

function oneLine(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
