import { shorten } from '../excerpts.ts';

const longestNote = 160;
/** Says nothing about why. */
const noise =
  /^(?:Exit code \d+|Error: Exit code|\s*at .+[:(]\d+|npm (?:ERR!|error) (?:A complete log|code|path|command|Lifecycle|signal)|npm (?:warn|notice)|>|\s*[\^~|]+\s*$|[-=─━*_ ]{3,}$|\d+\s*\|)|^\s*(?:File ".+", line|Traceback)|node:internal|^Node\.js v/i;
/** The most telling first: what was thrown, what a tool reports, what did not pass. */
const causes = [
  /\b(?:[A-Z]\w*(?:Error|Exception)\b|error(?:\[\w+\]|\s+TS\d+)?:|fatal:|panic:|SQLITE_\w+|E(?:ACCES|ADDRINUSE|CONNREFUSED|NOENT|PERM|TIMEDOUT|RESOLVE)\b)/,
  /\b(?:cannot\b|not found|no such|denied|refused|undefined|unexpected|expected\b|timed? ?out|locked|missing|unresolved|unknown|invalid|conflict)|错误|无法|找不到|超时/i,
  /\b(?:FAIL(?:ED|URE)?|failed)\b|失败|✗|✖|×/i,
];
/** How runners of tests and builds count. */
const counted = [
  /^\s*(?:Tests?|Test Suites|Suites)\b:?\s+.*\d+.*\b(?:passed|failed|total)/i,
  /\b\d+ (?:tests? )?(?:passed|passing|failed|failing)\b/i,
  /^test result:/i,
  /^ok\s+\S+\s+[\d.]+s/,
  /^(?:OK|PASS(?:ED)?)\b.*$/,
  /\b(?:built in|compiled (?:successfully|with)|build (?:succeeded|successful|complete)|finished .+ in|\d+ (?:errors?|warnings?|problems?))\b/i,
  /\b(?:added|removed|changed) \d+ packages?\b/i,
  /^\[[\w/.-]+(?: \([^)]*\))? [0-9a-f]{7,}\] .+/,
  /^\s*\d+ files? changed/,
  /通过|成功|完成/,
];

/** The line of a failure that says why; null when it said nothing. */
export function errorLine(narrative: string | null, subtitle: string | null): string | null {
  // The subtitle has the first lines of the error; the narrative begins with the command.
  const lines = linesOf((subtitle ?? '').split(' · ').join('\n'));
  const all = [...lines, ...linesOf(narrative ?? '').slice(1)].filter((line) => !noise.test(line));
  const telling =
    causes.map((cause) => all.find((line) => cause.test(line))).find((line) => line !== undefined) ?? all[0];
  return telling === undefined ? null : shorten(telling.trim(), longestNote);
}

/** The line by which a test or build run says how it came out; other commands are told by having passed. */
export function resultLine(narrative: string | null, concepts: readonly string[], command: string): string | null {
  const lines = linesOf(narrative ?? '').filter((line) => line.trim() !== command.trim());
  if (/^\s*(?:cat|head|tail|grep|rg|sed|ls|find)\b/.test(command)) return null;
  for (const pattern of counted) {
    const line = lines.findLast((each) => pattern.test(each));
    if (line !== undefined) return shorten(line.trim(), longestNote);
  }
  // A short answer is the answer.
  const [only, ...more] = lines;
  return concepts.length > 0 && only !== undefined && more.length === 0 ? shorten(only.trim(), longestNote) : null;
}

function linesOf(text: string): string[] {
  return text
    .slice(0, 8_000)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll(/\s+/g, ' '));
}
