import { isMachinePrompt } from '../../../shared/machine-prompt.ts';
import { givesCredential } from '../credential.ts';
import type { LearningCategory, LearningScope } from '../../../shared/learning-views.ts';
import { languageOf, longestStatement } from './draft.ts';
import {
  isAboutTalk,
  globally,
  goesWrong,
  keepsToHimself,
  onlyNow,
  preface,
  question,
  report,
  triggers,
  type Trigger,
} from './instruction-patterns.ts';
import { ownSentences, type Sentence } from './masked-text.ts';

export interface Instruction {
  category: LearningCategory;
  statement: string;
  scope: LearningScope;
  path: string | null;
  /** The sentence as it was written. */
  quote: string;
}

/** A longer prompt is mostly pasted; what a person wants kept stands at its beginning or its end. */
const longestRead = 12_000;
const mostInstructions = 12;
const longestSentence = 400;
const shortest = { en: 3, zh: 4 };

/**
 * The standing instructions of a prompt that a person typed: what is to hold beyond this turn, each as one sentence. Orders for
 * now, questions, reports, quotations and code are none; when in doubt, silence.
 */
export function findInstructions(prompt: string): Instruction[] {
  if (isMachinePrompt(prompt)) return [];
  const text =
    prompt.length > longestRead ? `${prompt.slice(0, longestRead / 2)}\n\n${prompt.slice(-longestRead / 2)}` : prompt;
  const sentences = ownSentences(text);
  if (sentences.some(({ masked }) => keepsToHimself.test(masked))) return [];
  const found: Instruction[] = [];
  for (const sentence of sentences) {
    if (found.length >= mostInstructions) break;
    const instruction = instructionIn(sentence);
    if (instruction === null || found.some(({ statement }) => statement === instruction.statement)) continue;
    found.push(instruction);
  }
  return found;
}

interface Clause {
  from: number;
  to: number;
}

/** Where a clause may end; a comma in a list of two does no harm, for clauses are only cut off in front. */
const boundary =
  /[,，;；:：]\s*(?:and|but|also|so|then|plus)?\s*|\s+[-–—]+\s+|\s+(?:and|but)\s+(?=(?:please\s+)?(?:from now on|always|never|remember|going forward|don['’]?t|prefer|in (?:the )?future)\b)|[，,]?(?:并且|而且|另外|同时|不过|但是?|然后)/giu;

function clausesOf(masked: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (const found of masked.matchAll(boundary)) {
    clauses.push({ from, to: found.index });
    from = found.index + found[0].length;
  }
  clauses.push({ from, to: masked.length });
  return clauses.filter(({ from: start, to }) => masked.slice(start, to).trim() !== '');
}

function instructionIn({ text, masked, isQuestion }: Sentence): Instruction | null {
  if (isQuestion || masked.length > longestSentence || text.includes('[REDACTED:')) return null;
  if (question.test(masked)) return null;
  if (goesWrong.test(masked)) return null;
  // "…, remember that." says it at the end.
  const behind =
    /[,，–-]+\s*(?:please |so )?(?:remember|keep|note) (?:that|this|it)(?: in mind)?$|[，,]\s*(?:请)?(?:记住|牢记)(?:这点|这一点|了)?$/iu.exec(
      masked,
    );
  if (behind !== null && !report.test(masked)) {
    const body = { from: 0, start: 0, trigger: { pattern: /^/, strength: 'explicit', cut: true } as const };
    return standing(text.slice(0, behind.index), masked.slice(0, behind.index), body);
  }
  const clauses = clausesOf(masked);
  for (const [index, { from }] of clauses.entries()) {
    const rest = masked.slice(from);
    const trigger = triggers.find(({ pattern }) => pattern.test(rest));
    if (trigger === undefined) continue;
    // "The docs say …, never do this": whose words it is stands before it.
    if (report.test(masked.slice(0, from)) || (trigger.strength !== 'explicit' && report.test(rest))) return null;
    const lead = clauses[index - 1];
    const withPreface = lead !== undefined && preface.test(masked.slice(lead.from, lead.to).trim());
    return standing(text, masked, { from, start: withPreface ? lead.from : from, trigger });
  }
  return null;
}

/** What follows a standing instruction and is an order for now. */
const orderBehind =
  /(?:[,;，；]\s*(?:and |so |but )?(?:now|then|please|after that|go ahead|start|can you|could you)\b.*|\s+and (?:now|then|please)\b.*|[，,；;]\s*(?:现在|然后|接着|请先|帮我|先).*)$/iu;

/** Even what is said strongly is for now when it is about what lies on the table. */
const atHand = /\b(?:this|that) \w+\b|这个|那个|现在|今天|这次|本次|now|today/iu;

function standing(
  text: string,
  masked: string,
  { from, start, trigger }: { from: number; start: number; trigger: Trigger },
): Instruction | null {
  const tail = orderBehind.exec(masked.slice(from));
  const to = tail === null ? text.length : from + tail.index;
  const cut = trigger.cut ? (trigger.pattern.exec(masked.slice(from))?.[0].length ?? 0) : 0;
  const said = masked.slice(from + cut, to);
  const isStrong =
    trigger.strength === 'explicit' ||
    /\b(?:always|never|ever|every|all|each|any)\b|总是|始终|一律|永远|所有|每|必须|禁止|严禁|统一/iu.test(said);
  if (onlyNow.test(said) && !(isStrong && !atHand.test(said))) return null;
  const body = text.slice(from + cut, to);
  const words = `${start < from ? text.slice(start, from) : ''}${body}`;
  const statement = sentenceOf(words);
  if (statement === null || givesCredential(statement)) return null;
  return { category: categoryOf(statement, trigger), statement, quote: text, ...placeOf(statement) };
}

const politeness =
  /^(?:(?:please|pls|also|so|but|and|then|just|ok|okay|btw|by the way|hey|note|important|importantly|claude|that)\b[,:]?\s*|(?:请|麻烦|另外|还有|对了|那么|你要|都(?=用|要|不|使|必))[，,：:]?\s*|[,，、:：\-–—\s]+)+/iu;

/** One clean sentence; null when too little is left to say anything. */
function sentenceOf(words: string): string | null {
  const bare = words
    .replace(politeness, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/(?:[,，]?\s*(?:please|thanks|thank you|ok|okay|btw|by the way|谢谢|好吗|好吧|吧))+[!.！。]*$/iu, '')
    .replace(/[\s,，;；:：.。!！]+$/u, '')
    .trim();
  const language = languageOf(bare);
  const size = language === 'zh' ? bare.replaceAll(/\s/g, '').length : bare.split(' ').length;
  if (size < shortest[language] || bare.length > longestStatement || !/\p{L}{2}/u.test(bare)) return null;
  const first = bare.charAt(0);
  const isWord = /^[a-z]+(?:['’][a-z]+)?(?=[\s,]|$)/.test(bare);
  return `${isWord ? first.toUpperCase() + bare.slice(1) : bare}${language === 'zh' ? '。' : '.'}`;
}

const categories: readonly [LearningCategory, RegExp][] = [
  ['decision', /\b(?:decided|agreed|decision)\b|决定|商定/iu],
  [
    'preference',
    /\bprefer|\b(?:i|we) (?:would )?(?:like|love|hate|dislike|want)\b|\brather than\b|\binstead of\b|\bcall me\b|优先|喜欢|偏好|倾向|习惯|而不是|代替/iu,
  ],
  [
    'pitfall',
    /\b(?:because|otherwise|or else|since) (?:it |they |that |this )?(?:will |would |can |may )?(?:breaks?|crash|corrupt|fails?|leak|lose|hang|deadlock|race)|会导致|否则|不然/iu,
  ],
  [
    'convention',
    /\b(?:convention|naming|names?d?\b.*\b(?:case|after)|camelcase|snake_case|kebab-case|pascalcase|indent|tabs|spaces|quotes|semicolons?|commit messages?|code style|style guide|formatt?(?:ed|ing)?|comments? in|branch(?:es)? (?:are )?named|suffix|prefix)\b|命名|缩进|引号|分号|提交信息|代码风格|格式|注释|前缀|后缀|驼峰|下划线命名|规范|约定/iu,
  ],
  [
    'workflow',
    /\b(?:before|after) (?:each|every|any|all|you|we|the|a|pushing|committing|merging|releasing|deploying|opening|changing|editing|submitting)|\b(?:before|after) \w+ing\b|\b(?:whenever|every time|each time)\b|(?:提交|推送|合并|发布|上线|修改|部署|改完?|写完).{0,8}(?:前|后)|每次|每当/iu,
  ],
];
const binding =
  /\b(?:always|never|must|should|shall|have to|has to|need to|don['’]?t|do not|avoid|only|use|make sure|ensure|no|keep|run|write|add)\b|总是|始终|一律|永远|必须|务必|一定要|禁止|严禁|不得|不要|别|统一|用|要|避免|应/iu;

function categoryOf(statement: string, trigger: Trigger): LearningCategory {
  if (isAboutTalk(statement)) return 'preference';
  for (const [category, pattern] of categories) if (pattern.test(statement)) return category;
  if (binding.test(statement)) return 'best_practice';
  return trigger.strength === 'explicit' ? 'fact' : 'convention';
}

const pathNamed =
  /\b(?:in|under|inside|within|below|for files in|for everything in)\s+(?:the\s+)?`?((?:[\w@.-]+\/)+[\w@.*-]*|(?:src|docs|lib|app|test|tests|packages|scripts)\b\/?)`?|(?:在|对)\s*`?((?:[\w@.-]+\/)+[\w@.*-]*)`?\s*(?:目录|文件夹)?(?:下|里|中|内)/iu;

function placeOf(statement: string): Pick<Instruction, 'scope' | 'path'> {
  if (globally.test(statement) || isAboutTalk(statement)) return { scope: 'global', path: null };
  const named = pathNamed.exec(statement);
  const path = (named?.[1] ?? named?.[2] ?? '').replace(/[/.*]+$/, '');
  return path === '' || path.startsWith('..') ? { scope: 'project', path: null } : { scope: 'path', path };
}
