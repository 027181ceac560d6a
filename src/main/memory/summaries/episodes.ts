import type { TellableTurn } from './candidates.ts';
import { widthOf, type Sentence } from './sentences.ts';
import { topicOf } from './topic.ts';

/** A wish that names something, with the turns that only said “go on” to it. */
export interface Episode {
  head: TellableTurn;
  /** Null when no prompt of it names anything. */
  topic: string | null;
  turns: ReadonlySet<number>;
  /** How much was done for it. */
  calls: number;
  changes: number;
  isAnswered: boolean;
}

/** Narrower topics name nothing. */
const narrowestTopic = 8;

/** The session's wishes in their order. */
export function episodesOf(turns: readonly TellableTurn[]): Episode[] {
  const found: Episode[] = [];
  for (const head of turns) {
    const topic = topicOfTurn(head);
    const last = found.at(-1);
    const { calls, changes, said } = head.turn;
    if (topic === null && !head.isStanding && last !== undefined) {
      found[found.length - 1] = {
        ...last,
        turns: new Set([...last.turns, head.index]),
        calls: last.calls + calls,
        changes: last.changes + changes,
        isAnswered: last.isAnswered || said.length > 0,
      };
    } else found.push({ head, topic, turns: new Set([head.index]), calls, changes, isAnswered: said.length > 0 });
  }
  return found;
}

/** The one for which most was done; the earliest of near equals, because a session is about what it was begun for. */
export function mainEpisode(episodes: readonly Episode[]): Episode | null {
  let best: { episode: Episode; weight: number } | null = null;
  for (const episode of episodes) {
    const { topic, head, calls, changes, isAnswered } = episode;
    const weight =
      (topic === null ? 0 : 2) -
      (head.isStanding ? 1 : 0) +
      Math.log2(1 + calls + 3 * changes) +
      (isAnswered ? 0.5 : 0);
    if (best === null || weight > best.weight + 0.75) best = { episode, weight };
  }
  return best?.episode ?? null;
}

/** Of a prompt: its first sentence that names something. */
export function topicOfTurn({ wishes }: TellableTurn): string | null {
  for (const wish of wishes) {
    const topic = topicOfWish(wish);
    if (topic !== null) return topic;
  }
  return null;
}

/** Null for a sentence that names nothing by itself. */
export function topicOfWish({ text, isLeadIn }: Sentence): string | null {
  const topic = isLeadIn ? null : topicOf(text);
  return topic !== null && widthOf(topic) >= narrowestTopic ? topic : null;
}
