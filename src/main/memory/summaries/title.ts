import { givesCredential } from '../credential.ts';
import { spoken } from './blocks.ts';
import type { Candidate, TellableTurn } from './candidates.ts';
import type { SummaryFacts } from './facts.ts';
import { episodesOf, mainEpisode, type Episode } from './episodes.ts';
import { isIn } from './language.ts';
import { isHedged, isStanding, standingWish, verdictOf } from './cues.ts';
import { phrases } from './phrases.ts';
import { capitalised, widthOf } from './sentences.ts';
import { overlap, termsOf } from './terms.ts';
import { headline, isProblem, shortened, widestTitle } from './topic.ts';

export interface TitleParts {
  facts: SummaryFacts;
  turns: readonly TellableTurn[];
  candidates: readonly Candidate[];
  /** Something that matters fails at the end. */
  isFailing: boolean;
}

/** What was achieved or asked, short enough for a list; never empty. */
export function titleOf(parts: TitleParts): string {
  const { facts, turns, candidates } = parts;
  const { titles } = phrases[facts.language];
  const main = mainEpisode(episodesOf(turns));
  const rule = main?.head.isStanding === true ? ruleOf(main) : null;
  if (rule !== null) return rule;
  const topic = main?.topic ?? null;
  const isFailing = parts.isFailing && failsIn(facts, main);
  const isOpen = facts.ending !== 'answered' && main?.turns.has(facts.turns.length - 1) === true;
  const tells = (kind: Candidate['kind']) =>
    candidates.some((each) => each.kind === kind && main?.turns.has(each.turn) === true);
  if (topic !== null && isProblem(topic)) {
    if (isFailing) return titles.failing(topic);
    if (isOpen) return titles.unfinished(topic);
    if (isRefuted(turns, main)) return topic;
    if (facts.work.commands.some(({ failedBefore }) => failedBefore !== null)) return titles.fixed(inside(topic));
    if (candidates.some(({ text, turn }) => main?.turns.has(turn) === true && isHedged(text))) return topic;
    if (facts.work.changed.some(({ path }) => !isProse(path)) && tells('done')) return titles.fixed(inside(topic));
    return tells('learned') ? titles.explained(topic) : topic;
  }
  const achieved = isOpen ? null : (committed(facts, topic) ?? achievement(parts, main));
  const title = achieved ?? topic ?? worked(facts) ?? anything(parts) ?? titles.empty;
  if (isFailing) return titles.failing(title);
  return isOpen && topic !== null ? titles.unfinished(title) : title;
}

/** A rule for all times is its own title; half of it would be another rule, so a cut is seen. */
function ruleOf({ head }: Episode): string | null {
  const said = head.wishes.find(({ text }) => isStanding(text));
  return said === undefined ? null : shortened(capitalised(standingWish(said.text)), widestTitle);
}

/** The last word of the person about it was that it is not mended. */
function isRefuted(turns: readonly TellableTurn[], main: Episode | null): boolean {
  const later = turns.filter(({ index }) => main !== null && index > main.head.index);
  const verdicts = later.map(({ turn }) => verdictOf(turn.asked)).filter((verdict) => verdict !== null);
  return verdicts.at(-1) === 'refuted';
}

/** What fails in another turn says nothing of this one. */
function failsIn({ work, turns }: SummaryFacts, main: Episode | null): boolean {
  if (main === null) return true;
  const own = new Set([...main.turns].map((turn) => turns[turn]?.promptId));
  return work.commands.some(
    ({ matters, outcome, promptId }) => matters && outcome === 'failed' && (promptId === null || own.has(promptId)),
  );
}

/** Behind a colon an article is small. */
function inside(topic: string): string {
  return topic.replace(/^(?:The|An?|Our|My) /, (article) => article.toLowerCase());
}

/** The message of the only commit, or of the one that is about what was asked. */
function committed({ work }: SummaryFacts, topic: string | null): string | null {
  const asked = new Set(topic === null ? [] : termsOf(topic));
  const fitting = work.commits.filter((subject) => overlap(new Set(termsOf(subject)), asked) >= 0.3);
  const subject = fitting.at(-1) ?? (work.commits.length === 1 && topic === null ? work.commits[0] : undefined);
  return subject === undefined
    ? null
    : headline(subject.replace(/^\w+(?:\(([^)]*)\))?!?:\s+/, (_, scope?: string) => (scope ? `${scope}: ` : '')));
}

const achievementVerb =
  /^(?:(?:fix|add|creat|implement|updat|chang|replac|remov|delet|renam|refactor|mov|extract|migrat|resolv|upgrad|configur|enabl|disabl|introduc|convert|switch|document|simplif|improv|port|clean|split|reduc|speed|spe)\w*ed|rewrote|wrote|built|set up|made|split|moved)\b|^(?:将|把|修复|新增|添加|实现|重构|更新|删除|替换|迁移|优化|重写|拆分|改用)/i;

/** What the answer says was done, when it says so by itself and about what was asked; what came of a question names other things. */
function achievement({ facts, candidates }: TitleParts, main: Episode | null): string | null {
  const asked = new Set(main === null || main.topic === null ? [] : termsOf(main.topic));
  const isQuestion =
    main !== null &&
    main.changes > 0 &&
    !/^(?:please )?(?:can|could|would|will) (?:you|we)\b|能不能|能否|可不可以|可以帮/i.test(main.head.turn.asked) &&
    /[?？]$|^(?:why|how|what)\b|为什么|怎么|如何/i.test(main.head.turn.asked.trim());
  for (const { text, kind, turn, terms } of candidates) {
    if (kind !== 'done' || (main !== null && !main.turns.has(turn)) || !isIn(facts.language, text)) continue;
    const title = headline(text);
    if (title === null || title.endsWith('…') || !achievementVerb.test(title) || widthOf(title) < 16) continue;
    if (asked.size === 0 || isQuestion || overlap(terms, asked) >= 0.25) return title;
  }
  return null;
}

/** A session without usable words is titled by what was done in it. */
function worked({ work, language }: SummaryFacts): string | null {
  const { changed, created, ran, read, researched, list } = phrases[language];
  const named = (names: readonly string[]) => list(names.slice(0, 2), Math.max(0, names.length - 2));
  const [first] = work.changed;
  if (first !== undefined) {
    const text = work.changed.every(({ isNew }) => isNew) ? created : changed;
    return shortened(text(named(work.changed.map(({ path }) => path))), widestTitle);
  }
  if (work.commands.length > 0) return shortened(ran(named(work.commands.map(({ label }) => label))), widestTitle);
  if (work.read.length > 0) return shortened(read(named(work.read)), widestTitle);
  return work.researched.length > 0 ? shortened(researched(named(work.researched)), widestTitle) : null;
}

/** The best sentence, or else the first words of anybody. */
function anything({ candidates, turns }: TitleParts): string | null {
  const [best] = candidates.toSorted((one, other) => other.score - one.score);
  if (best !== undefined) return headline(best.text);
  for (const { turn } of turns) {
    for (const text of [turn.asked, ...turn.said.map((said) => said.text)]) {
      const line =
        text.includes('[REDACTED') || givesCredential(text)
          ? ''
          : (/[^\s`#>*|~-][^\n]*/.exec(spoken(text))?.[0].trim() ?? '');
      if (line !== '') return shortened(line, widestTitle);
    }
  }
  return null;
}

export function isProse(path: string): boolean {
  return /(?:^|[/\\])(?:docs?|README|CHANGELOG)|\.(?:md|mdx|rst|txt|adoc)$/i.test(path);
}
