import type { SummaryContent, SummaryFile, SummaryLanguage } from '../../../shared/summary-views.ts';
import { centrality } from './centrality.ts';
import { nothingTold, type Told } from './choose.ts';
import { phrases } from './phrases.ts';
import { widthOf } from './sentences.ts';
import { overlap, termsOf } from './terms.ts';
import { widestTitle } from './topic.ts';

/** A session of the week by its current summary, the earliest first. */
export interface WeekSession {
  content: SummaryContent;
  /** How much was done in it: calls of tools. */
  weight: number;
}

export interface WeekFacts {
  week: string;
  sessions: WeekSession[];
}

const mostDone = 14;
const mostListed = 8;
const mostFiles = 80;
const mostCommands = 16;
const takenUp = 0.5;

/** A project's week from its sessions' summaries; what a later session finished is open no more. */
export function summariseWeek({ sessions }: WeekFacts): SummaryContent {
  const language = languageOfWeek(sessions);
  const told = nothingTold();
  const contents = titled(sessions.map(({ content }) => content));
  const achieved = contents.map(({ title }) => title);
  const open_ends = contents.flatMap((content, position) =>
    picked(
      content.open_ends.filter((end) => !isSettled(end, contents.slice(position + 1))),
      mostListed,
      told,
    ),
  );
  const learned = central(
    contents.flatMap((content) => content.learned),
    mostListed,
    told,
  );
  return {
    title: titleOfWeek(
      contents.map((content, position) => ({ content, weight: sessions[position]?.weight ?? 0 })),
      language,
    ),
    language,
    request: null,
    investigated: central(
      contents.filter(({ done }) => done.length === 0).flatMap((content) => content.investigated),
      5,
      told,
    ),
    done: picked(achieved, mostDone, nothingTold()),
    learned,
    open_ends: open_ends.slice(-mostListed),
    key_points: central(
      contents.flatMap(({ done, key_points }) => [...done, ...key_points]),
      mostListed - 2,
      told,
    ),
    files: filesOfWeek(contents),
    commands: commandsOfWeek(contents),
  };
}

/** What failed and passed later does not stand as failing over the week. */
function titled(contents: readonly SummaryContent[]): SummaryContent[] {
  return contents.map((content, position) => {
    const mark = phrases[content.language].titles.failing('');
    if (!content.title.endsWith(mark)) return content;
    const failing = content.commands.filter(({ outcome }) => outcome === 'failed');
    const later = contents.slice(position + 1).flatMap(({ commands }) => commands);
    const isMended = failing.some(({ command }) =>
      later.some((run) => run.command === command && run.outcome === 'passed'),
    );
    return isMended ? { ...content, title: content.title.slice(0, -mark.length) } : content;
  });
}

function languageOfWeek(sessions: readonly WeekSession[]): SummaryLanguage {
  const chinese = sessions.filter(({ content }) => content.language === 'zh').length;
  return chinese * 2 > sessions.length ? 'zh' : 'en';
}

/** The two sessions in which most was done, in their order. */
function titleOfWeek(sessions: readonly WeekSession[], language: SummaryLanguage): string {
  const { titles } = phrases[language];
  const unique = sessions.filter(
    ({ content }, position) => sessions.findIndex((other) => other.content.title === content.title) === position,
  );
  const [first, second] = unique.toSorted((one, other) => other.weight - one.weight);
  if (first === undefined) return titles.empty;
  const both = second === undefined ? [first] : unique.filter((session) => session === first || session === second);
  const two = titles.week(
    both.map(({ content }) => content.title),
    unique.length - both.length,
  );
  if (widthOf(two) <= widestTitle + 24) return two;
  return titles.week([first.content.title], unique.length - 1);
}

/** Those that say something new, in their order. */
function picked(texts: readonly string[], limit: number, told: Told): string[] {
  return texts.filter((text) => isNew(text, told)).slice(0, limit);
}

function isNew(text: string, told: Told): boolean {
  const terms = new Set(termsOf(text));
  if (told.has(terms)) return false;
  told.add(terms);
  return true;
}

/** The most central ones that say something new, in their order. */
function central(texts: readonly string[], limit: number, told: Told): string[] {
  const some = texts.slice(-240);
  const scores = centrality(some.map(termsOf));
  const best = some.map((text, position) => ({ text, position, score: scores[position] ?? 0 }));
  const found: typeof best = [];
  for (const each of best.toSorted((one, other) => other.score - one.score || one.position - other.position)) {
    if (found.length >= limit) break;
    if (isNew(each.text, told)) found.push(each);
  }
  return found.toSorted((one, other) => one.position - other.position).map(({ text }) => text);
}

/** A later session passed the command that it names, or did what it asks for. */
function isSettled(end: string, later: readonly SummaryContent[]): boolean {
  const terms = new Set(termsOf(end));
  return later.some(
    (content) =>
      content.commands.some(({ command, outcome }) => outcome === 'passed' && end.includes(command)) ||
      [content.title, ...content.done].some((text) => {
        const said = new Set(termsOf(text));
        return said.size > 1 && terms.size > 1 && overlap(terms, said) >= takenUp;
      }),
  );
}

function filesOfWeek(contents: readonly SummaryContent[]): SummaryFile[] {
  const counts = new Map<string, { file: SummaryFile; sessions: number }>();
  for (const { path, change } of contents.flatMap(({ files }) => files)) {
    const known = counts.get(path);
    const isChanged = change === 'changed' || known?.file.change === 'changed';
    counts.set(path, { file: { path, change: isChanged ? 'changed' : 'read' }, sessions: (known?.sessions ?? 0) + 1 });
  }
  const worth = ({ file, sessions }: { file: SummaryFile; sessions: number }) =>
    sessions + (file.change === 'changed' ? 1_000 : 0);
  return [...counts.values()]
    .toSorted((one, other) => worth(other) - worth(one))
    .slice(0, mostFiles)
    .map(({ file }) => file);
}

/** Each by its last run of the week. */
function commandsOfWeek(contents: readonly SummaryContent[]): SummaryContent['commands'] {
  const last = new Map<string, SummaryContent['commands'][number]>();
  for (const command of contents.flatMap(({ commands }) => commands)) {
    last.delete(command.command);
    last.set(command.command, command);
  }
  const all = [...last.values()];
  const failed = all.filter(({ outcome }) => outcome === 'failed');
  return [...failed, ...all.filter(({ outcome }) => outcome === 'passed')].slice(0, mostCommands);
}
