import type { SummaryFacts } from './facts.ts';
import { phrases } from './phrases.ts';
import { sentencesOf } from './sentences.ts';

const namesInLine = 5;

/** What the ledger proves was done and the sentences do not say. */
export function doneByLedger({ work, language }: SummaryFacts, told: readonly string[]): string[] {
  const { created, changed, committed, fixed, quoted, list } = phrases[language];
  const isTold = (path: string) => told.some((text) => text.includes(path.split(/[/\\]/).at(-1) ?? path));
  const left = work.changed.filter(({ path }) => !isTold(path));
  const named = (files: readonly { path: string }[]) =>
    list(
      files.slice(0, namesInLine).map(({ path }) => path),
      Math.max(0, files.length - namesInLine),
    );
  const [fresh, old] = [left.filter(({ isNew }) => isNew), left.filter(({ isNew }) => !isNew)];
  return [
    ...work.commands
      .filter(({ outcome, failedBefore }) => outcome === 'passed' && failedBefore !== null)
      .map(({ label, failedBefore, note }) => fixed(quoted(label), failedBefore ?? '', note)),
    ...(work.commits.length === 0
      ? []
      : [committed(list(work.commits.slice(-3).map(quoted), Math.max(0, work.commits.length - 3)))]),
    ...(old.length === 0 ? [] : [changed(named(old))]),
    ...(fresh.length === 0 ? [] : [created(named(fresh))]),
  ];
}

/** What was looked at, as far as the ledger knows. */
export function investigatedByLedger({ work, language }: SummaryFacts): string[] {
  const { read, searched, pattern, researched, list } = phrases[language];
  // Where something was changed in the end, what led nowhere on the way tells nothing.
  const searches = work.changed.length === 0 ? work.searches : work.searches.filter(({ found }) => found !== '0');
  const some = (names: readonly string[]) => list(names.slice(0, namesInLine), Math.max(0, names.length - namesInLine));
  return [
    ...work.delegated.map(({ task, result }) => delegation(task, result, language)),
    ...(work.read.length === 0 ? [] : [read(some(work.read))]),
    ...(searches.length === 0 ? [] : [searched(some(searches.map((each) => pattern(each.pattern, each.found))))]),
    ...(work.researched.length === 0 ? [] : [researched(some(work.researched))]),
  ];
}

/** A subagent's task with the first of what it reported. */
function delegation(task: string, result: string, language: SummaryFacts['language']): string {
  const [first] = sentencesOf(result);
  return first === undefined ? task : `${task}${language === 'zh' ? '：' : ': '}${first.text}`;
}
