import type { SummaryLanguage } from '../../../shared/summary-views.ts';

/** How the ledger's facts are put into words, in the language of the session. `list` joins names, `rest` counts those that are not named. */
export interface Phrases {
  read(files: string): string;
  searched(patterns: string): string;
  pattern(pattern: string, found: string | null): string;
  researched(pages: string): string;
  created(files: string): string;
  changed(files: string): string;
  committed(subjects: string): string;
  ran(commands: string): string;
  fixed(command: string, before: string, now: string | null): string;
  failing(command: string, note: string | null): string;
  task(task: string): string;
  asked(question: string): string;
  unanswered(request: string): string;
  providerFailed(request: string): string;
  quoted(text: string): string;
  list(items: readonly string[], rest: number): string;
  titles: {
    fixed(problem: string): string;
    explained(problem: string): string;
    unfinished(title: string): string;
    failing(title: string): string;
    more(title: string, count: number): string;
    week(titles: readonly string[], rest: number): string;
    empty: string;
  };
}

const english: Phrases = {
  read: (files) => `Read ${files}`,
  searched: (patterns) => `Searched for ${patterns}`,
  pattern: (pattern, found) =>
    `“${pattern}”${found === null ? '' : found === '0' ? ' (not found)' : ` (${found} ${found === '1' ? 'file' : 'files'})`}`,
  researched: (pages) => `Looked up ${pages}`,
  created: (files) => `Created ${files}`,
  changed: (files) => `Changed ${files}`,
  committed: (subjects) => `Committed ${subjects}`,
  ran: (commands) => `Ran ${commands}`,
  fixed: (command, before, now) =>
    `${command} failed at first (${before}) and passes now${now === null ? '' : ` (${now})`}`,
  failing: (command, note) => `Still failing: ${command}${note === null ? '' : ` (${note})`}`,
  task: (task) => `To do: ${task}`,
  asked: (question) => `Question left open: ${question}`,
  unanswered: (request) => `Without an answer: ${request}`,
  providerFailed: (request) => `Ended with an error of the provider: ${request}`,
  quoted: (text) => `“${text}”`,
  list: (items, rest) => (rest > 0 ? `${items.join(', ')} and ${rest} more` : items.join(', ')),
  titles: {
    fixed: (problem) => `Fixed: ${problem}`,
    explained: (problem) => `${problem}: cause found`,
    unfinished: (title) => `${title} (unfinished)`,
    failing: (title) => `${title} (still failing)`,
    more: (title, count) => `${title} and ${count} more`,
    week: (titles, rest) => `${titles.join('; ')}${rest > 0 ? `; ${rest} more` : ''}`,
    empty: 'Nothing was said',
  },
};

const chinese: Phrases = {
  read: (files) => `阅读了 ${files}`,
  searched: (patterns) => `搜索了${patterns}`,
  pattern: (pattern, found) =>
    `“${pattern}”${found === null ? '' : found === '0' ? '（无结果）' : `（${found} 个文件）`}`,
  researched: (pages) => `查阅了 ${pages}`,
  created: (files) => `新建了 ${files}`,
  changed: (files) => `修改了 ${files}`,
  committed: (subjects) => `提交了${subjects}`,
  ran: (commands) => `运行了 ${commands}`,
  fixed: (command, before, now) => `${command}起初失败（${before}），现已通过${now === null ? '' : `（${now}）`}`,
  failing: (command, note) => `仍然失败：${command}${note === null ? '' : `（${note}）`}`,
  task: (task) => `待办：${task}`,
  asked: (question) => `待回答：${question}`,
  unanswered: (request) => `没有得到答复：${request}`,
  providerFailed: (request) => `因模型服务出错而中断：${request}`,
  quoted: (text) => `“${text}”`,
  list: (items, rest) => (rest > 0 ? `${items.join('、')} 等 ${items.length + rest} 个` : items.join('、')),
  titles: {
    fixed: (problem) => `已修复：${problem}`,
    explained: (problem) => `${problem}：已找到原因`,
    unfinished: (title) => `${title}（未完成）`,
    failing: (title) => `${title}（仍失败）`,
    more: (title, count) => `${title} 等 ${count + 1} 项`,
    week: (titles, rest) => `${titles.join('；')}${rest > 0 ? `；另有 ${rest} 项` : ''}`,
    empty: '没有内容',
  },
};

export const phrases: Record<SummaryLanguage, Phrases> = { en: english, zh: chinese };
