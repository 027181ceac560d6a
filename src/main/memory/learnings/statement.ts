import {
  alternativesIn,
  isEmptyWord,
  isGenericWord,
  knownChinese,
  negations,
  units,
  type Alternative,
} from './statement-words.ts';
import { languageOf } from './draft.ts';
import type { SummaryLanguage } from '../../../shared/summary-views.ts';

/** The stem of a lower-case English word. */
export type Stem = (word: string) => string;

/** A number with what it measures; `kind` version for `Node 20`, plain for a number alone. */
export interface Value {
  kind: string;
  amount: number;
}

/** What of a statement is compared with others. */
export interface Statement {
  text: string;
  language: SummaryLanguage;
  /** Without what says how strongly it holds, and what it is chosen over. For the embedding. */
  subject: string;
  /** Stems and words that carry sense, each once, in order; negations, values and what was rejected left out. */
  words: readonly string[];
  /** Each of `words` as it was written first. */
  spelled: ReadonlyMap<string, string>;
  negative: boolean;
  /** Its parts when they say yes and no by turns: "never generate it; write it by hand". Else itself alone. */
  clauses: readonly { words: readonly string[]; negative: boolean }[];
  /** "A instead of B": the words of B. */
  rejected: readonly string[];
  values: readonly Value[];
  alternatives: readonly Alternative[];
  /** The words of `words` that name an alternative. */
  choices: readonly string[];
  /** Names of files, identifiers, hosts: two statements about different ones are two statements. */
  names: readonly string[];
  /** "use A for B". */
  use: { object: readonly string[]; purpose: readonly string[] } | null;
  /** "X lives in Y": where or what something is said to be. */
  fact: { subject: readonly string[]; relation: string; value: readonly string[] } | null;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const token = /[\p{Script=Latin}\p{Nd}_@$][\p{Script=Latin}\p{Nd}_@$./:+#'’-]*|\p{Script=Han}+/gu;
const han = /\p{Script=Han}/u;
const nameLike = /[/_@$]|\w\.\w|:\/\/|^-{1,2}\w|\d/;
const camel = /^[a-z]+[A-Z]\w*$|^[A-Z][a-z]+[A-Z]\w*$/;
/** What was chosen stands before it, what was not behind it. */
const insteadOf =
  /(?:,\s*|\s+)(?:instead of|rather than|in place of|as opposed to|over|and not|but not)\s+(?:using |the |an? )?([^,.;，。；]+)|,\s*(?:not|never)\s+(?:using |with |as |the |an? )?([^,.;，。；]+)|[，,、\s]*(?:而不是|而非|，不要用|,不要用|，不用|,不用|，别用|,别用|不要再用)\s*(?:用|使用)?\s*([^，。；,;]+)/iu;
const replaced = /(?:用|使用|以)\s*([^，。；,;]+?)\s*(?:代替|替代|取代|替换)\s*([^，。；,;]+)/u;
const preferTo = /\bprefer\s+(?:to use |using )?(.+?)\s+to\s+(?!be\b)([^,.;]+)/iu;
const number =
  /(?<![\w.])v?(\d+(?:[._]\d+)*)(?:\s*-?\s*(ms|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hours?|h|days?|d|weeks?|bytes?|kib|kb|k|mib|mb|gib|gb|g|b|%|percent|columns?|char(?:acter)?s?|spaces?|times|retries|retry|lines?|workers?|connections?|reviewers?|approvals?|items|rows)(?![\w])|\s*(毫秒|秒钟|秒|分钟|个小时|小时|天|日|周|个星期|字节|个百分点|列|个字符|字符|个空格|空格|次|行|个连接|人|条))?/giu;

/** “Must not be larger than 8 MB” forbids nothing that “at most 8 MB” asks for. */
const upperBound =
  /\b(?:(?:must|may|should|can|do|does|is|are)(?: not|n['’]t)|cannot|never)\s+(?:be\s+)?(?:exceed|go (?:over|above|beyond)|(?:larger|bigger|more|longer|greater|higher|wider|deeper) than)(?=\s+\d)/giu;
const upperBoundChinese = /(?:不能|不得|不可以?|不要|不应该?|禁止)(?:超过|大于|多于|高于|长于)(?=\s*\d)/gu;

/** Reads a statement for comparison; pure, so that the same text always reads the same. */
export function readStatement(text: string, stem: Stem): Statement {
  const whole = text
    .normalize('NFKC')
    .replaceAll(/[`"“”「」『』*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(upperBound, 'limited to')
    .replaceAll(upperBoundChinese, '限制为')
    .trim();
  const names = namesIn(whole);
  const { kept, rejected } = splitChoice(whole);
  const lower = kept.toLowerCase();
  const values = valuesIn(lower);
  const negated = [...lower.matchAll(negations)].length;
  const subject = lower.replaceAll(negations, ' ').replaceAll(/\s+/g, ' ').trim();
  const alternatives = alternativesIn(lower);
  const spelled = spelledWords(subject.replaceAll(number, ' '), stem);
  return {
    text,
    language: languageOf(text),
    subject,
    words: [...spelled.keys()],
    spelled,
    negative: negated % 2 === 1,
    clauses: clausesOf(lower, stem),
    rejected: wordsOf(rejected.toLowerCase(), stem),
    values,
    alternatives: alternatives.flatMap((found) => found.alternatives),
    choices: wordsOf(alternatives.map(({ phrase }) => phrase).join(' '), stem),
    names,
    use: useIn(subject, stem),
    fact: factIn(subject, stem),
  };
}

const clauseEnd = /[;；]|[,，](?=\s*(?:never|always|don['’]?t|do not|not|and|but|不|别|禁止|要|必须))/giu;

function clausesOf(lower: string, stem: Stem): Statement['clauses'] {
  return lower
    .split(clauseEnd)
    .map((clause) => ({
      words: wordsOf(clause.replaceAll(negations, ' ').replaceAll(number, ' '), stem),
      negative: [...clause.matchAll(negations)].length % 2 === 1,
    }))
    .filter(({ words }) => words.length > 1);
}

function splitChoice(text: string): { kept: string; rejected: string } {
  const instead = insteadOf.exec(text);
  // What comes before has to be a choice: "we do not" is none.
  if (
    instead !== null &&
    /\b(?:us(?:e|es|ed|ing)|prefer|choose|pick|go|with|want|wants|writes?|written|like|via|run|runs|installs?|installed|exports?|store|stored|keep|opens?)\b|用|选|优先|写/iu.test(
      text.slice(0, instead.index),
    )
  ) {
    const rejected = instead[1] ?? instead[2] ?? instead[3] ?? '';
    const [head, tail] = cutAt(rejected, /\s(?:for|in|when|to|because|since|as|on)\s/iu);
    return {
      kept: `${text.slice(0, instead.index)} ${tail} ${text.slice(instead.index + instead[0].length)}`,
      rejected: head,
    };
  }
  const swapped = replaced.exec(text) ?? preferTo.exec(text);
  if (swapped === null) return { kept: text, rejected: '' };
  const rest = text.replace(swapped[0], ` ${swapped[0].startsWith('prefer') ? 'use ' : '用 '}${swapped[1] ?? ''} `);
  return { kept: rest, rejected: swapped[2] ?? '' };
}

function cutAt(text: string, pattern: RegExp): [string, string] {
  const found = pattern.exec(text);
  return found === null ? [text, ''] : [text.slice(0, found.index), text.slice(found.index)];
}

/** Words that carry sense, as they are compared: English ones by their stems, Chinese ones by a dictionary's words. */
export function wordsOf(text: string, stem: Stem): string[] {
  return [...spelledWords(text, stem).keys()];
}

function spelledWords(text: string, stem: Stem): Map<string, string> {
  const words = new Map<string, string>();
  const add = (word: string, spelled: string) => void (words.has(word) || words.set(word, spelled));
  for (const [found] of text.replaceAll(/\btime(?:s|d)? out\b/g, 'timeout').matchAll(token)) {
    if (han.test(found)) {
      for (const word of chineseWords(found)) if (!isEmptyWord(word)) add(synonym(word), word);
      continue;
    }
    const word = found.toLowerCase().replaceAll(/['’]|[.:/-]+$/gu, '');
    if (word === '' || isEmptyWord(word)) continue;
    add(synonym(/^[a-z]+$/.test(word) ? stem(word) : word), word);
  }
  return words;
}

/** Known words first, the rest as a dictionary has it; two characters that are words of their own are two words. */
function chineseWords(run: string): string[] {
  const words: string[] = [];
  const segment = (text: string) => {
    for (const { segment: word } of segmenter.segment(text)) {
      const both =
        word.length === 2 && [...word].every((character) => isEmptyWord(character) || isGenericWord(character));
      words.push(...(both ? word : [word]));
    }
  };
  let from = 0;
  for (const { index, 0: word } of run.matchAll(knownChinese)) {
    segment(run.slice(from, index));
    words.push(word);
    from = index + word.length;
  }
  segment(run.slice(from));
  return words;
}

/** Words of everyday instructions that say the same; by stem. */
const synonyms = new Map(
  (
    'use us prefer utilize util employ emploi utilis adopt 使用 采用|run execut launch 运行 执行 跑|commit check-in 提交|test spec 测试|write author 编写 撰写 写|delet remov drop erase eras 删除 删|creat make add 新建 创建 添加 增加|' +
    'function method 函数 方法|folder directori dir 目录 文件夹|config configur set 配置 设置 设为 设定 设置为|doc document 文档|error except failur 错误 异常|repli answer respond 回答 回复 答复|' +
    'prior befor 之前|depend packag librari dep 依赖 包|pull-request pr mr|messag msg 消息 信息|develop dev|databas databa db 数据库|secret credenti password 密钥 密码 凭据|' +
    'chang modif edit alter 修改 改动 更改|log logger 日志|import 导入|push 推送|deploi ship releas relea 部署 发布|modul file 文件 模块|comment 注释|verifi check valid 检查 验证 校验|connect 连接|directli straight 直接|start boot 启动|build compil 构建 编译'
  )
    .split('|')
    .flatMap((group) => {
      const [first = '', ...others] = group.split(' ');
      return [first, ...others].map((word) => [word, first] as const);
    }),
);

function synonym(word: string): string {
  return synonyms.get(word) ?? word;
}

function valuesIn(lower: string): Value[] {
  return [...lower.matchAll(number)].flatMap((found) => {
    const [, digits = '', latin, chinese] = found;
    const plain = digits.replaceAll('_', '');
    const amount = Number(plain);
    const unit = units.get(latin ?? chinese ?? '');
    if (unit !== undefined && Number.isFinite(amount)) return [{ kind: unit.kind, amount: amount * unit.size }];
    // 1.2.3 is a version; its parts in one number keep their order.
    const parts = plain.split('.').map(Number);
    return parts.length > 2
      ? [{ kind: 'version', amount: parts.reduce((sum, part) => sum * 1_000 + part, 0) }]
      : [{ kind: 'plain', amount }];
  });
}

function namesIn(text: string): string[] {
  const names = new Set<string>();
  for (const [found] of text.matchAll(token)) {
    const word = found.replace(/[.:/'’-]+$/u, '');
    if (han.test(word) || word.length < 3 || /^v?[\d._]+[a-z%]{0,3}$/i.test(word)) continue;
    if (nameLike.test(word) || camel.test(word)) names.add(word.toLowerCase());
  }
  return [...names];
}

const useEnglish =
  /\b(?:use|using|prefer|choose|write|deploy|build|format|lint|test|answer|reply|respond|indent)\b\s+(?:with |in |to )?(.+?)\s+(?:for|as|when|whenever|if|to|while)\s+(.+)$/u;
const useChinese =
  /^(?:(?:在|对于?|给)?(?<purpose>[^，。]{2,20}?)(?:时|的时候|里|中|方面)?[，,]?(?:都|请|一律|统一|优先|要|应该?|必须|尽量|默认)*(?:用|使用|采用))(?<object>[^，。]+)$|(?:用|使用|采用)\s*(?<object2>[^，。]{1,20}?)\s*(?:来|做|作为|进行|写|管理|当作?)(?<purpose2>[^，。]+)/u;

function useIn(subject: string, stem: Stem): Statement['use'] {
  const english = useEnglish.exec(subject);
  if (english !== null) return usable(english[1], english[2], stem);
  const { object, purpose, object2, purpose2 } = useChinese.exec(subject)?.groups ?? {};
  return usable(object ?? object2, purpose ?? purpose2, stem);
}

function usable(object: string | undefined, purpose: string | undefined, stem: Stem): Statement['use'] {
  const use = { object: wordsOf(object ?? '', stem), purpose: wordsOf(purpose ?? '', stem) };
  return use.object.length > 0 && use.object.length <= 4 && use.purpose.length > 0 ? use : null;
}

const factEnglish =
  /^(.+?)\s+(?:is|are|lives?|runs?|listens?|belongs?|goes?|go|stays?|(?:is|are) (?:stored|kept|located|hosted|served|defined|deployed|named|called))\s+(in|at|on|under|inside|to|from|named|called)\s+(.+)$/u;
const reached = /^(?:you )?(?:reach|find|get to)\s+(.+?)\s+(in|at|on|under)\s+(.+)$/u;
const factChinese = /^(.+?)(?:位于|放在|存放在|存在|部署在|运行在|监听|叫做?|名为|保存在|在)\s*(.+)$/u;

function factIn(subject: string, stem: Stem): Statement['fact'] {
  const english = factEnglish.exec(subject) ?? reached.exec(subject);
  const [, about = '', relation = '', value = ''] = english ?? [];
  const [, aboutChinese = '', valueChinese = ''] = factChinese.exec(subject) ?? [];
  const fact =
    english === null
      ? { subject: wordsOf(aboutChinese, stem), relation: '在', value: wordsOf(valueChinese, stem) }
      : { subject: wordsOf(about, stem), relation, value: wordsOf(value, stem) };
  return fact.subject.length > 0 && fact.value.length > 0 ? fact : null;
}
