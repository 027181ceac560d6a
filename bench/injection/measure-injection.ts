import { createRecall, type FindRelated } from '../../src/main/memory/recall/recall.ts';
import { createSearcher } from '../../src/main/search/searcher.ts';
import type { ReadableDb } from '../../src/main/store/database.ts';
import { createObservationReader } from '../../src/main/store/tables/observation-reader.ts';
import { createFindRelated } from '../../src/main/worker/find-related.ts';
import { embedMemory } from '../search/embed-memory.ts';
import { percentile } from '../lib/figure.ts';
import { heldOutNegatives, heldOutPositives } from './held-out-prompts.ts';
import { negatives, positives, type Positive } from './prompts.ts';
import { tellSessions } from './told-sessions.ts';

/** A share with its 95 % interval (Wilson 1927). */
export interface Share {
  share: number;
  from: number;
  to: number;
  of: number;
}

export interface InjectionFigures {
  memory: string;
  voices: 'words and meaning' | 'words alone';
  prompts: 'fitted' | 'held out';
  observations: number;
  /** Prompts about something known that were given at least one line about it. */
  recall: Share;
  /** Of the lines that were given to them, those about it. */
  precision: Share;
  /** Irrelevant prompts that were given anything. */
  false_injection: Share;
  false_by_kind: Record<string, string>;
  lines_given: number;
  ms_p50: number;
  ms_p95: number;
  /** Irrelevant prompts that were given something, and relevant ones that were not. */
  wrong: string[];
  missed: string[];
}

interface Asked extends Prompt {
  sessions: (string | null)[];
  ms: number;
}

/** What recall gives to prompts about what a memory knows, and to others; once with vectors and once without. */
export function measureInjection(noiseFile: string | null): InjectionFigures[] {
  const memory = tellSessions(noiseFile);
  try {
    const observations = createObservationReader(memory.db);
    const pks = memory.db.prepare<[], { pk: number }>('SELECT pk FROM observations ORDER BY pk').all();
    const views = observations.byPks(pks.map(({ pk }) => pk));
    // A pk is a row's place, counted from 1: nothing was ever deleted here.
    const rows = pks.flatMap(({ pk }) => views.get(pk)?.view ?? []);
    const { query, embedQuery } = embedMemory(memory.writable, rows);
    const searcher = createSearcher(memory.db, embedQuery);
    const place = {
      memory: noiseFile === null ? 'topics alone' : 'topics among commits',
      observations: rows.length,
    };
    return (['words and meaning', 'words alone'] as const).flatMap((voices) => {
      const findRelated = createFindRelated(searcher, voices === 'words alone' ? 'off' : query);
      const sets = {
        fitted: [...positives.map(asPositive), ...negatives.map(asNegative)],
        'held out': [...heldOutPositives.map(asPositive), ...heldOutNegatives.map(asNegative)],
      };
      return (['fitted', 'held out'] as const).map((prompts) => ({
        ...place,
        voices,
        prompts,
        ...figuresOf(askAll(memory.db, memory.project(), findRelated, sets[prompts])),
      }));
    });
  } finally {
    memory.close();
  }
}

interface Prompt {
  kind: string;
  text: string;
  /** Null for one that is about nothing known. */
  topic: string | null;
}

const asPositive = (prompt: Positive): Prompt => ({ ...prompt, kind: 'positive' });
const asNegative = (prompt: { kind: string; text: string }): Prompt => ({ ...prompt, topic: null });

function askAll(db: ReadableDb, projectPk: number, findRelated: FindRelated, prompts: readonly Prompt[]): Asked[] {
  const recall = createRecall(db);
  // Learnings have prompts of their own.
  const findNothing = () => [];
  // The first search reads the memory.
  recall.build({ projectPk, sessionPk: null, prompt: 'warm up the searcher before' }, findRelated, findNothing);
  return prompts.map(({ kind, text, topic }) => {
    const startedAt = performance.now();
    const { lines } = recall.build({ projectPk, sessionPk: null, prompt: text }, findRelated, findNothing);
    return { kind, text, topic, sessions: lines.map((line) => line.session_id), ms: performance.now() - startedAt };
  });
}

function figuresOf(asked: readonly Asked[]) {
  const relevant = asked.filter(({ topic }) => topic !== null);
  const others = asked.filter(({ topic }) => topic === null);
  const isRight = ({ topic, sessions }: Asked) => sessions.includes(topic);
  const isGiven = ({ sessions }: Asked) => sessions.length > 0;
  const lines = relevant.flatMap(({ topic, sessions }) => sessions.map((session) => session === topic));
  const times = asked.map(({ ms }) => ms);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    recall: shareOf(relevant.filter(isRight).length, relevant.length),
    precision: shareOf(lines.filter(Boolean).length, lines.length),
    false_injection: shareOf(others.filter(isGiven).length, others.length),
    false_by_kind: Object.fromEntries(
      [...Map.groupBy(others, ({ kind }) => kind)].map(([kind, group]) => [
        kind,
        `${group.filter(isGiven).length} of ${group.length}`,
      ]),
    ),
    lines_given: lines.length,
    ms_p50: rounded(percentile(times, 0.5)),
    ms_p95: rounded(percentile(times, 0.95)),
    wrong: others.filter(isGiven).map(({ text, sessions }) => `${text.slice(0, 60)} ← ${sessions.join(', ')}`),
    missed: relevant
      .filter((prompt) => !isRight(prompt))
      .map(({ topic, text, sessions }) => `${topic ?? ''}: ${text} ← ${sessions.join(', ') || 'nothing'}`),
  };
}

function shareOf(count: number, of: number): Share {
  const z = 1.96;
  const share = of === 0 ? 0 : count / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
  return { share: rounded(share), from: rounded(centre - half), to: rounded(centre + half), of };
}
