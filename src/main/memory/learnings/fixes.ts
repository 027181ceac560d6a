import { conceptsOfCommand } from '../command-concepts.ts';
import { firstLine, shorten } from '../excerpts.ts';
import { isHedged } from '../summaries/cues.ts';
import { commandKey, purposeKey } from './command-key.ts';
import { languageOf, type DraftEvidence, type LearningDraft } from './draft.ts';

/** One thing that an agent did, oldest first. */
export interface Step {
  observationPk: number;
  observationId: string;
  /** Null for the main agent. */
  agentId: string | null;
  kind: 'command' | 'edit' | 'said' | 'other';
  /** Of commands. */
  command: string;
  description: string;
  failed: boolean;
  /** What a failed one said, or what a command printed. */
  output: string;
  /** Of edits. */
  files: readonly string[];
  removed: string;
  added: string;
  /** Of the agent's last words of a turn. */
  text: string;
  occurredAt: number;
}

interface Fix {
  failed: Step;
  changes: Step[];
  passed: Step;
  /** The agent's last words of the turn, when they came soon after. */
  words: string;
  /** Something was edited in the same turn before it failed: the agent may have mended what it broke itself. */
  isOwnSlip: boolean;
}

/** Further apart, what passed has little to do with what failed. */
const mostStepsBetween = 120;
const mostQuotedChanges = 4;

/** Failed, then something was changed, then the same command passed: each such way out once. */
export function findFixes(steps: readonly Step[]): Fix[] {
  const fixes: Fix[] = [];
  for (const agentId of new Set(steps.map((step) => step.agentId))) {
    fixes.push(...fixesOf(steps.filter((step) => step.agentId === agentId)));
  }
  return fixes.toSorted((a, b) => a.passed.occurredAt - b.passed.occurredAt);
}

function fixesOf(steps: readonly Step[]): Fix[] {
  const fixes: Fix[] = [];
  const open = new Map<string, { step: Step; at: number }>();
  for (const [at, step] of steps.entries()) {
    if (step.kind !== 'command') continue;
    const keys = keysOf(step);
    if (hasFailed(step)) {
      // The last failure before it passed is the one that the last change solved.
      for (const key of keys) open.set(key, { step, at });
      continue;
    }
    const failure = keys.flatMap((key) => open.get(key) ?? []).toSorted((a, b) => b.at - a.at)[0];
    if (failure === undefined) continue;
    for (const [key, { step: known }] of open) if (known === failure.step) open.delete(key);
    if (at - failure.at > mostStepsBetween) continue;
    const changes = steps.slice(failure.at + 1, at).filter(isChange);
    if (changes.length === 0) continue;
    const isOwnSlip = editedBefore(steps, failure.at);
    fixes.push({ failed: failure.step, changes, passed: step, words: lastWords(steps, at), isOwnSlip });
  }
  return fixes;
}

function keysOf({ command, description }: Step): string[] {
  const key = commandKey(command);
  const purpose = purposeKey(description);
  const program = /^\S+/.exec(key)?.[0] ?? '';
  return [...(key === '' ? [] : [`command ${key}`]), ...(purpose === '' ? [] : [`purpose ${program} ${purpose}`])];
}

/** A pipe hides the exit code: then the output tells. */
function hasFailed({ failed, output }: Step): boolean {
  return (
    failed || /(?<![\w.])[1-9]\d* (?:tests? )?(?:failed|failing|errors?)\b|(?<![\w.])FAILED\b|\bnpm ERR!/.test(output)
  );
}

function isChange(step: Step): boolean {
  if (step.kind === 'edit') return !step.failed && step.files.length > 0;
  if (step.kind !== 'command' || step.failed) return false;
  const concepts = conceptsOfCommand(step.command);
  return (
    concepts.some((concept) => ['dependencies', 'operations', 'database'].includes(concept)) ||
    /^(?:chmod|chown|ln|mkdir|export|sed -i|cp|mv|touch)\b/.test(commandKey(step.command))
  );
}

function editedBefore(steps: readonly Step[], from: number): boolean {
  for (const step of steps.slice(0, from).toReversed()) {
    if (step.kind === 'said') return false;
    if (step.kind === 'edit' && !step.failed) return true;
  }
  return false;
}

function lastWords(steps: readonly Step[], from: number): string {
  for (const step of steps.slice(from + 1)) {
    if (step.kind === 'said') return step.text;
    // A failure of something else comes before the words: they may be about that.
  }
  return '';
}

const telling =
  /error|exception|fail|cannot|can't|not found|denied|refused|undefined|missing|invalid|timeout|timed out|locked|panic|expected|\bE[A-Z]{3,}\b|[A-Z]{2,}_[A-Z_]{2,}|错误|失败|异常|找不到|无法|超时|拒绝/i;

/** Says its kind, and is no tally of them. */
const typed =
  /(?:\b(?:[A-Z]\w*)?(?:Error|Exception)\b|\berror(?:\[\w+\]|\s\w+\d+)?:|\bE[A-Z]{4,}\b|[A-Z]{2,}_[A-Z_]{2,}|\bpanic(?:ked)?\b|\bfatal:)/;

/** The line of an error that says most. */
export function errorLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line !== '' && !/^Exit code \d+$/.test(line) && !/^at \S/.test(line) && !/^[-=*~^|\s]+$/.test(line),
    );
  const named = lines.find((line) => typed.test(line));
  return shorten((named ?? lines.find((line) => telling.test(line)) ?? lines[0] ?? '').replaceAll(/\s+/g, ' '), 160);
}

/** The learning that a fix is: what went wrong, and what was changed so that it does no more. */
export function fixDraft(fix: Fix, sessionPk: number): LearningDraft {
  const { failed, changes, passed, words, isOwnSlip } = fix;
  const error = errorLine(failed.output) || `${firstLine(failed.command, 100)} failed`;
  const language = words === '' ? languageOf(failed.description) : languageOf(words);
  // Then the words are about the whole task, unless they name what the error names.
  const told = solutionIn(words, changes, isOwnSlip ? error : null);
  const change = told === '' ? changed(changes, language) : told;
  const files = [...new Set(changes.flatMap((step) => step.files))];
  const statement = language === 'zh' ? `「${error}」：${change}` : `“${error}”: ${change}`;
  return {
    category: 'solution',
    statement: shorten(statement, 480),
    detail: [
      `$ ${firstLine(failed.command, 300)}`,
      ...changes.slice(0, mostQuotedChanges).map(changeText),
      ...(files.length > 0 ? [files.slice(0, 10).join(', ')] : []),
      ...(words === '' ? [] : [shorten(words, 1_200)]),
    ].join('\n'),
    language,
    scope: 'project',
    path: null,
    source: 'fix',
    origin: `fix:${failed.observationId}`,
    evidence: [
      evidence(failed, `${firstLine(failed.command, 200)}\n${error}`, sessionPk),
      ...changes.slice(-mostQuotedChanges).map((step) => evidence(step, changeText(step), sessionPk)),
      evidence(passed, `${firstLine(passed.command, 200)}\n${firstLine(passed.output, 200)}`.trim(), sessionPk),
    ],
  };
}

function evidence(step: Step, quote: string, sessionPk: number): DraftEvidence {
  return { quote, observationPk: step.observationPk, sessionPk, occurredAt: step.occurredAt };
}

function changeText(step: Step): string {
  if (step.kind === 'command') return `$ ${firstLine(step.command, 200)}`;
  const [removed, added] = [firstLine(step.removed, 160), firstLine(step.added, 160)];
  return [
    step.files.join(', '),
    ...(removed === '' ? [] : [`- ${removed}`]),
    ...(added === '' ? [] : [`+ ${added}`]),
  ].join('\n');
}

function changed(changes: readonly Step[], language: 'en' | 'zh'): string {
  const last = changes.at(-1);
  if (last === undefined) return '';
  const file = last.files[0] ?? '';
  const what = shorten(firstLine(last.kind === 'command' ? last.command : newLine(last), 160), 160);
  if (last.kind === 'command') {
    return language === 'zh' ? `运行 \`${what}\` 后解决。` : `solved by running \`${what}\`.`;
  }
  if (what === '') return language === 'zh' ? `修改 ${file} 后解决。` : `solved by a change in ${file}.`;
  return language === 'zh' ? `在 ${file} 中改为 \`${what}\` 后解决。` : `solved in ${file} by \`${what}\`.`;
}

/** The first line that the edit brought. */
function newLine({ removed, added }: Step): string {
  const before = new Set(removed.split('\n').map((line) => line.trim()));
  return (
    added
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '' && !before.has(line)) ?? ''
  );
}

const sentenceEnd = /(?<=[.!?])\s+(?=\S)|(?<=[。！？])|\n+/u;
const solved =
  /\b(?:now|fixed|fixes|changed|switched|replaced|added|set|moved|removed|increased|raised|opens?|uses?|instead|renamed|upgraded|installed|so that|enabled|disabled|wrapped|corrected|updated|pinned)\b|现在|改为|改成|修复|已|增加|添加|设置|使用|换成|移除|删除|升级|安装|允许/iu;
const cause =
  /\b(?:because|was|were|since|caused|cause|due to|root|reason|without|missing|never|wasn['’]t|did not|didn['’]t)\b|因为|原因|由于|导致|缺少|没有|误/iu;
const empty = /^(?:fixed|done|all (?:done|good|set)|solved|great|好的?|完成|已修复|修好了|搞定)[.!。！]*$/iu;

/** What the agent's last words say about cause and way out, for the words that were changed; empty when they say neither. */
function solutionIn(words: string, changes: readonly Step[], about: string | null): string {
  // A path says where, and words about the task name it in any case.
  const error = (about ?? '').replaceAll(/\S*[/\\]\S*|\b[\w-]+\.[a-z]{1,4}\b/g, ' ');
  const named = new Set(termsOf(error).filter((term) => term.length > 4 || /\p{Script=Han}/u.test(term)));
  const plain = words
    .replaceAll(/```[^]*?(?:```|$)/g, '\n')
    .replaceAll(/^[\s>*#-]+/gm, '')
    .replaceAll('**', '');
  const sentences = plain
    .split(sentenceEnd)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 5 && !empty.test(sentence) && !isHedged(sentence));
  const touched = new Set(
    changes.flatMap(({ added, removed, files, command }) => termsOf([added, removed, ...files, command].join(' '))),
  );
  const scored = sentences.map((sentence, position) => {
    const shared = termsOf(sentence).filter((term) => touched.has(term)).length;
    return {
      sentence,
      position,
      isWayOut: solved.test(sentence),
      score: shared + (solved.test(sentence) ? 1.5 : 0) - position * 0.1,
    };
  });
  const best = scored
    .filter(({ isWayOut, score }) => isWayOut && score >= 1.3)
    .filter(({ sentence }) => about === null || termsOf(sentence).some((term) => named.has(term)))
    .toSorted((a, b) => b.score - a.score)[0];
  if (best === undefined) return '';
  const before = sentences[best.position - 1];
  const joined =
    before !== undefined && cause.test(before) && before.length + best.sentence.length < 400
      ? [before, best.sentence]
      : [best.sentence];
  return oneSentence(joined);
}

function oneSentence(parts: readonly string[]): string {
  const [first = '', second] = parts.map((part) => part.replace(/[.。]+$/u, ''));
  const isChinese = /\p{Script=Han}/u.test(first);
  if (second === undefined) return `${first}${isChinese ? '。' : '.'}`;
  const next = /^(?!I\s)[A-Z][a-z]*(?=\s)/.test(second) ? second.charAt(0).toLowerCase() + second.slice(1) : second;
  return isChinese ? `${first}；${second}。` : `${first}; ${next}.`;
}

function termsOf(text: string): string[] {
  const parts =
    text
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]{3,}|\d+|\p{Script=Han}{2}/gu) ?? [];
  return [...new Set(parts)];
}
