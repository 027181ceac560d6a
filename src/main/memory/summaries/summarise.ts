import type { SummaryContent } from '../../../shared/summary-views.ts';
import { candidatesOf, tellableTurns, type TellableTurn } from './candidates.ts';
import { chosen, nothingTold } from './choose.ts';
import { episodesOf, mainEpisode, topicOfWish, type Episode } from './episodes.ts';
import type { SummaryFacts } from './facts.ts';
import { openEnds } from './open-ends.ts';
import { widthOf } from './sentences.ts';
import { withoutCourtesy } from './topic.ts';
import { titleOf } from './title.ts';
import { termsOf } from './terms.ts';
import { doneByLedger, investigatedByLedger } from './work-lines.ts';

const mostTurnsInRequest = 4;
/** Columns of the request with all its turns. */
const widestRequest = 480;
const mostFiles = 60;
const mostCommands = 16;

/** A turn or session told by its own sentences and the ledger's facts, with no model; the same facts give the same bytes. */
export function summarise(facts: SummaryFacts): SummaryContent {
  const turns = tellableTurns(facts);
  const candidates = candidatesOf(facts, turns);
  const told = nothingTold();
  const room = turns.length > 8 ? 8 : turns.length > 1 ? 6 : 5;
  const request = requestOf(turns);
  // A rule for all times is asked for and learned.
  if (request !== null && turns.some((turn) => !turn.isStanding)) {
    for (const part of request.split(' → ')) told.add(new Set(termsOf(part)));
  }

  const { lines, isFailing } = openEnds(facts, turns, candidates, room);
  for (const line of lines) told.add(new Set(termsOf(line)));
  const learned = chosen(candidates, 'learned', facts.work.changed.length === 0 ? room + 3 : room, told).map(
    ({ text }) => text,
  );
  const doneSentences = chosen(candidates, 'done', room, told).map(({ text }) => text);
  const done = [...doneSentences, ...doneByLedger(facts, [...doneSentences, ...learned])];
  const looked = chosen(candidates, 'investigated', 3, told).map(({ text }) => text);
  const investigated = [...looked, ...investigatedByLedger(facts)].slice(0, room + 3);
  const key_points = chosen(candidates, 'other', Math.ceil(room / 2), told, 0.3).map(({ text }) => text);
  return {
    title: titleOf({ facts, turns, candidates, isFailing }),
    language: facts.language,
    request,
    investigated,
    done,
    learned,
    open_ends: lines,
    key_points,
    files: filesOf(facts),
    commands: facts.work.commands
      .slice(0, mostCommands)
      .map(({ command, outcome, note }) => ({ command, outcome, note })),
  };
}

/** What was asked, in whole sentences: of one wish all that fits, of several what each was about. */
function requestOf(turns: readonly TellableTurn[]): string | null {
  const all = episodesOf(turns);
  const asking = all.filter(({ topic, head }) => topic !== null && !head.isStanding);
  const main = mainEpisode(asking.length > 0 ? asking : all);
  if (main === null) return null;
  const others = asking
    .filter((episode) => episode !== main)
    .toSorted((one, other) => weight(other) - weight(one) || one.head.index - other.head.index);
  const told = [main, ...others.slice(0, mostTurnsInRequest - 1)].toSorted(
    (one, other) => one.head.index - other.head.index,
  );
  const parts: string[] = [];
  let room = widestRequest;
  for (const { head } of told) {
    const text = wishOf(head, told.length === 1 ? 3 : 1, room);
    if (text === null || parts.includes(text)) continue;
    parts.push(text);
    room -= widthOf(text);
  }
  return parts.length === 0 ? null : parts.join(' → ');
}

const weight = ({ calls, changes }: Episode) => calls + 3 * changes;

/** The prompt's first sentences that fit; of one sentence the one that names something. */
function wishOf({ wishes }: TellableTurn, most: number, room: number): string | null {
  const naming = wishes.find((wish) => topicOfWish(wish) !== null);
  const wanted = most === 1 && naming !== undefined ? [naming] : wishes.slice(0, most);
  const kept: string[] = [];
  let width = 0;
  for (const [position, { text }] of wanted.entries()) {
    if (width + widthOf(text) > room) break;
    kept.push(position === 0 ? withoutCourtesy(text) : text);
    width += widthOf(text);
  }
  if (kept.length === 0) return null;
  return kept.reduce(
    (text, next) => `${text}${/[。！？]$/.test(text) ? '' : /[.!?:：]$/.test(text) ? ' ' : '; '}${next}`,
  );
}

function filesOf({ work }: SummaryFacts): SummaryContent['files'] {
  const changed = work.changed.map(({ path }) => ({ path, change: 'changed' as const }));
  const known = new Set(changed.map(({ path }) => path));
  const read = work.read.filter((path) => !known.has(path)).map((path) => ({ path, change: 'read' as const }));
  return [...changed, ...read].slice(0, mostFiles);
}

/** Whether there is anything to be told at all: thanks and an emoji are not. */
export function isWorthTelling(facts: SummaryFacts): boolean {
  const { work, compaction } = facts;
  if (compaction !== null) return true;
  const looked = work.read.length + work.searches.length + work.researched.length + work.delegated.length;
  if (looked + work.changed.length + work.commands.length > 0) return true;
  const turns = tellableTurns(facts);
  return episodesOf(turns).some(({ topic }) => topic !== null) || candidatesOf(facts, turns).length > 0;
}
