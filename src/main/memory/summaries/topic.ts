import { capitalised, split, widthOf } from './sentences.ts';

/** Columns that a title takes at most; a list of sessions shows about as many. */
export const widestTitle = 78;

const polite =
  /^(?:(?:please|pls|no(?= wait|,)|nope|wait|actually|instead|hmm*|hi|hey|hello|ok(?:ay)?|so|now|then|next|also|and|great|thanks?|good|claude|can you|could you|would you|will you|can we|let's|i want you to|i(?:'d| would) like you to|i need you to|i want to|i(?:'d| would) like to|i need to|we (?:need|have|want) to|you should|help me(?: to)?|try to|go ahead and|just|kindly)\b[,!:\s]*)+|^(?:(?:请(?:你|帮我|帮忙)?|帮(?:我|忙)|麻烦(?:你)?|你好|您好|能不能|能否|可不可以|可以(?:帮我|请你)?|我(?:想要?|需要|希望)(?:你)?|需要(?:你)?|现在|然后|接下来|再|顺便|先)[，,：:\s]*)+/i;
/** Wishes that lean on what was said before them and say nothing by themselves. */
const leaning =
  /^(?:and |then |also |but )*(?:(?:please |can you |could you )*(?:find out|figure out|see|tell me|explain|check|look into|investigate) (?:why|what(?:'s| is) (?:wrong|going on|happening)|it|this)\b|fix (?:it|this|that|them)\b|(?:please )?(?:have|let) (?:an?|the|some) (?:\w+ )?(?:sub-?)?agents? |let me know|tell me|make sure|run (?:the |all )?(?:tests?|it)\b|commit|push|test it|do it|thanks?|please$|as well|if possible|asap|what's wrong|why\b[^?]{0,12}\??$|any ideas?)|^(?:请|并且?|然后|再|同时|麻烦|帮我)*(?:找(?:出|到|下|一下)?原因|看(?:看|一下|下)(?:是?怎么回事|原因|为什么)?$|查(?:看|一?下)?(?:原因|为什么)|检查|修(?:复|好|一下)(?:它|这个)?$|修一?下|告诉我|解释|跑(?:一下|通)?测试|确保|提交|谢谢|怎么回事|为什么[？?]?$|怎么办)/i;
/** Says nothing by itself. */
const vague =
  /^(?:(?:yes|yep|no|ok(?:ay)?|sure|please|go(?: on| ahead)?|continue|proceed|do it|fix (?:it|this|that)|try again|again|retry|next|done|thanks?|thank you|great|good|perfect|nice|cool|hmm|lgtm|sounds good|keep going|(?:it )?works(?: now| again| fine| great)?|what|why|how)\b[\s,.!?…]*)+$|^(?:keep|leave|use|do|try|make|take|remove|delete|revert|undo|stop|ignore|skip) (?:them|it|that|this|those|these)\b[\s.!]*(?:as (?:it|they) (?:is|are|were))?[\s.!]*$|^(?:继续|好的?|可以|行|嗯+|是的?|对|不|没错|(?:可以|好)了|没问题了?|再试(?:一次|试)?|重试|接着|下一(?:步|个)|谢谢|开始吧?|修(?:复)?(?:它|一下)|为什么|怎么)[吧了呢啊\s，。！？!?…]*$/i;

/** What takes up something from before. */
const again = /^(?:(?:go on|continue|proceed|carry on) (?:with|on) (?:the |an? |my |our )?|继续(?:做|处理|完成)?)/i;
const asking = /\b(?:can|could|would|will) (?:you|we)\b|能不能|能否|可不可以|可以/i;

/** A wish without its courtesies; the sentence itself when nothing else is in it. */
export function withoutCourtesy(sentence: string): string {
  const bare = sentence.replace(polite, '');
  if (bare === sentence || bare.trim() === '') return sentence;
  const isAsked = asking.test(sentence.slice(0, sentence.length - bare.length));
  return capitalised(isAsked ? bare.replace(/吗?？$/, '。').replace(/\?$/, '.') : bare);
}

/** What a sentence is about as a heading: without courtesies and without what leans on it; null when that is nothing. */
export function topicOf(sentence: string): string | null {
  const plain = sentence.replace(polite, '');
  const isAsked = asking.test(sentence.slice(0, sentence.length - plain.length));
  const bare = (isAsked ? plain.replace(/吗?？$|\?$/, '') : plain).replace(again, '').trim();
  if (bare === '' || vague.test(bare)) return null;
  const parts = clausesOf(bare);
  while (parts.length > 1 && leaning.test(withoutJoint(parts.at(-1) ?? ''))) parts.pop();
  if (leaning.test(parts[0] ?? '')) {
    const [, ...rest] = parts;
    if (rest.length === 0) return widthOf(bare) <= 24 ? null : fitted([bare]);
  }
  return fitted(parts);
}

/** A sentence as a heading, without the first person. */
export function headline(sentence: string): string | null {
  const bare = sentence
    .replace(/^(?:i|we)(?:'ve| have)?(?: also| now| just)? (?=\w+(?:ed|t|de|ote|ought|id)\b)/i, '')
    .replace(/^(?:我|我们)?(?:已经?|成功)?(?=将|把|修|新增|添加|实现|重构|更新|删除|替换|迁移|优化)/, '');
  const parts = clausesOf(bare);
  return parts.length === 0 ? null : fitted(parts);
}

/** Parts between commas and “and then”, each with what joins it to the one before. */
function clausesOf(sentence: string): string[] {
  const [first = ''] = split(sentence);
  return first
    .replace(/[.。!！;；,，:：]+$/, '')
    .split(/(?=[,;，；：]\s*|\s[—–-]\s|\s(?:and|then|so|but|because|which)\s)/)
    .reduce<string[]>((parts, part) => {
      // A comma inside a number or brackets parts nothing.
      const before = parts.join('');
      const isInside = (before.match(/[([（【"“]/g)?.length ?? 0) > (before.match(/[)\]）】"”]/g)?.length ?? 0);
      if (isInside || /^,\d/.test(part)) return [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${part}`];
      return [...parts, part];
    }, []);
}

function withoutJoint(part: string): string {
  return part.replace(/^\s*[,;，；：—–-]?\s*/, '');
}

/** What comes after it takes something back, or gives a reason. */
const turning = /^\s*[,;，；]?\s*(?:(?:but|because|although|however)\b|但|不过|因为|虽然)/i;

/** As many clauses as there is room for; the first alone, cut at a word, when not even it fits. */
function fitted(parts: readonly string[]): string {
  let text = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    if (widthOf(text + part) > widestTitle || turning.test(part)) break;
    text += part;
  }
  return capitalised(shortened(text.replace(/[\s,;，；：、—–-]+$/, ''), widestTitle));
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cut at a word where there is one, else at a whole character as a person sees it. */
export function shortened(text: string, columns: number): string {
  if (text.length <= columns && widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text.slice(0, columns * 16).toWellFormed())) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  const atWord = /^[^]*[^\s](?=\s\S*$)/.exec(kept)?.[0] ?? kept;
  return `${(atWord.length > kept.length / 2 ? atWord : kept).replace(/[\s,;，；：、—–-]+$/, '')}…`;
}

const problem =
  /\b(?:fail(?:s|ed|ing|ure)?|errors?|broken|breaks?|crash(?:es|ed|ing)?|slow|wrong|bugs?|time(?:s|d)? ?out|timeouts?|not work(?:ing)?|doesn't|don't|isn't|can't|cannot|hangs?|stuck|leak(?:s|ing)?|flak(?:y|es)|throws?|returns? (?:a )?[45]\d\d|lost|missing|stale|duplicates?)\b|SQLITE_|\b[45]\d\d\b|失败|报错|错误|异常|崩溃|超时|不(?:工作|生效|能用|对|见了)|返回\s*[45]\d\d|偶尔|卡(?:住|死|顿)|(?:很|太|变)慢|泄漏|丢失|无法|打不开|重复/i;
const wish =
  /^(?:add|implement|create|write|build|make|refactor|rename|move|update|upgrade|migrate|replace|remove|delete|fix|improve|optimi[sz]e|document|test|set up|configure|enable|disable|support|use|extract|split|convert|change|review|investigate|explain|find|check|look|research|compare|design|plan|clean|release|deploy|how|what|why|where|which|is|are|does|do|should)\b|^(?:添加|增加|新增|实现|创建|编写|写|重构|重命名|更新|升级|迁移|替换|删除|移除|修复|修改|优化|改进|支持|把|将|给|为|用|调查|研究|分析|检查|解释|比较|设计|如何|怎么|为什么|什么)/i;

/** It says what is wrong, not what is to be done. */
export function isProblem(topic: string): boolean {
  return (problem.test(topic) || /\bE[A-Z]{4,}\b/.test(topic)) && !wish.test(topic);
}
