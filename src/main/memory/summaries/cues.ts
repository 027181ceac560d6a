import type { Section } from './sections.ts';

/** What a sentence tells, by its own words; `other` where they do not say. */
export type Kind = 'done' | 'learned' | 'investigated' | 'open' | 'question' | 'other';

const open = [
  /\b(?:next steps?|remain(?:s|ing)?\b|still (?:needs?|fail(?:s|ing)?|to be|missing|open|broken|red|unclear)|not yet|left to do|to-?do\b|follow[- ]?up|unable to|cannot yet|could(?:n't| not) \w+|(?:was|were|am|is|are)(?:n't| not) (?:able|allowed|permitted)|ha(?:ve|s)(?:n't| not) (?!to\b)\w+|\byet[.!]?$|did(?:n't| not) (?:run|finish|get to|touch|verify|test)|needs? to be \w+|(?:i|we)(?:'d| would)? (?:recommend|suggest)|you(?:'ll| will| may| might| should)?(?: still| also)? (?:need|want) to|worth (?:doing|checking|adding|a look)|waiting for|blocked (?:by|on)|out of scope|in a (?:later|separate|follow-up) (?:pr|change|commit|step)|i(?:'m| am) not (?:sure|certain)|i (?:do not|don't) know|my (?:best )?guess|i did(?:n't| not) (?!change|need|have|want|find|see|notice|expect)\w+)\b/i,
  /下一步|接下来(?:需要|可以|要|应)|还(?:需要?|要|差|没有?)|尚未|未能|无法|没能|暂(?:时没|未|不)|待(?:办|定|确认|修复|处理|补)|后续|建议|剩(?:下|余)|仍(?:然)?(?:失败|报错|会|有|未|需)|没有(?:权限|完成|运行|执行|测试|验证)|未(?:完成|验证|测试|运行|处理|解决)|需要(?:你|您|人工|进一步)|不(?:允许|被允许)|不(?:太|能)?(?:确定|清楚)|等(?:你|您)|请[^，。；]{0,10}(?:再|重新)(?:跑|试|运行|执行)|^请(?:你|您)(?:先|手动)?(?:跑|运行|执行|安装)/,
];
const question = /[?？]\s*[)"”』」]?$/;
const learned = [
  /\b(?:because|caus(?:e[ds]?|ing)|root cause|turn(?:s|ed) out|due to|the (?:real |actual |underlying )?(?:problem|issue|reason|bug|culprit|catch|trap)|so that|(?:which|that) (?:means|explains|is why)|happen(?:s|ed) (?:when|if|because)|only (?:works?|when|if|happens)|must (?:be|not|come|run)|never (?:be|use)|always|requires?|depends? on|relies on|since \w+|without an?\b|instead of (?:the|a)\b.*\bso\b|race condition|collided?|deadlock|leak(?:s|ed)?|was (?:never|not) (?:called|closed|set|awaited|released)|were (?:never|not)|assum(?:es|ed)|evict(?:s|ed)|by default|is (?:not )?(?:thread|process)[- ]safe|per[- ]process|limited to|at most|no longer supported|deprecated)\b/i,
  /原因|根因|因为|由于|导致|引起|造成|问题(?:在于|出在|是)|其实|实际上|意味着|说明(?:了|$|是)|必须|只(?:有|能|会)|总是|依赖于?|取决于|误(?:用|把|将|以为)|而不是|发现|默认|不支持|竞态|死锁|泄漏/,
];
const done = [
  /\b(?:fix(?:ed|es)|add(?:ed|s)|creat(?:ed|es)|implement(?:ed|s)|updat(?:ed|es)|chang(?:ed|es)|replac(?:ed|es)|remov(?:ed|es)|delet(?:ed|es)|renam(?:ed|es)|refactored|mov(?:ed|es)|extract(?:ed|s)|migrat(?:ed|es)|wrote|written|rewr(?:ote|itten)|rewrites|committed|pushed|merged|resolv(?:ed|es)|upgraded|bumped|configured|enabled|disabled|introduc(?:ed|es)|convert(?:ed|s)|split|switched|wired|documented|covered|released|deployed|installed|generated|built|simplified|reduced|improved|inlined|dropped|reverted|set up|ported|cleaned up|turned)\b|\bnow (?:\w+s|\w+ed|passes|uses?|opens?|returns?|handles?|has|have|runs?|accepts?|are|is)\b|\b(?:tests?|suite|build|checks?|lint)\b[^.]*\b(?:pass(?:es|ed|ing)?|green|succeeds?|succeeded|clean)\b|\bpass(?:es)? (?:now|again)\b|\bnow[.!]?$/i,
  /已(?:经)?(?!知)|修(?:复|好|正|改)了?|新增|新建|添加|增加了|创建|实现了|更新|替换|删除了|移除|重构|重写|重命名|[改换](?:为|成|用|到)|拆(?:分|成|到)|抽(?:取|出|成)|迁移|提交了|合并|升级|(?:全部|都|测试|均).{0,8}通过|完成了|写入|加(?:上|入|了)|补(?:充|上|了)|优化了|支持了|现在(?:会|能|可以|使用|改)/,
];
const investigated = [
  /\b(?:look(?:ed|ing) (?:at|into|through)|check(?:ed|ing)|examin(?:ed|ing)|review(?:ed|ing)?|inspect(?:ed|ing)|search(?:ed|ing)|trac(?:ed|ing)|compar(?:ed|ing)|measur(?:ed|ing)|profil(?:ed|ing)|bisect(?:ed|ing)|reproduc(?:ed|ing|e)|read through|went through|investigat(?:ed|ing)|tried)\b/i,
  /检查了|查看了|阅读了|分析了|调查了|搜索了|排查了|对比了|追踪了|复现|看了|试(?:了|过)|审查/,
];

/** What a sentence denies or only thinks of: “the tests don't pass”, “it should be replaced”, 没有修改; none of that was done. */
const unreal = [
  /\b(?:do|does|did|is|are|was|were|has|have|had|could|can|would|will)(?:n['’]t| not)\b(?: yet| been| be| fully| really| currently)*(?: \w+)?/gi,
  /\b(?:never|cannot|unable to|failed to|refused to) (?:be |get )?\w+/gi,
  /\b(?:no|none|nothing|neither|nobody)\b[^,.;]*/gi,
  /\b(?:should|could|would|can|might|may|will|must|(?:has|have|needs?|ought|going) to|to) (?:also |then |still |probably )?(?:be|have|get)(?: it| them)? \w+/gi,
  /\bwould be\b[^,.;]*/gi,
  /\b(?:once|if|unless|until|as soon as)\b(?:(?!\bnow\b)[^,.;])*/gi,
  /(?:没有?|未能?|并未|尚未|无法|不(?:会|能|再|需要?|必|用)?)[^，。；,;]{0,10}/g,
  /(?:应该?|可以|建议|如果|打算|准备)[^，。；,;]*/g,
  /(?:修复|构建|测试|部署|迁移|编译|安装|推送|合并|提交)(?:仍然?|还是|又|都)?(?:失败|报错|被拒)(?!的)/g,
];
/** Of those: what somebody wanted did not come off. */
const failing =
  /\b(?:do|does|did)(?:n['’]t| not) (?:pass|work|help|succeed|compile|solve|fix|resolve)|\b(?:is|are|was|were)(?:n['’]t| not)(?: yet)? (?:fixed|solved|resolved|done|finished|completed?|deployed|merged|pushed|committed|applied|deleted|removed|released|installed)|\b(?:neither|nothing|none)\b[^,.;]{0,30}\b(?:worked|helped|passed|succeeded)|\b(?:tried|attempted)\b.{0,80}\bbut\b.{0,40}\b(?:fail|reject|rolled back|no luck)|(?:没有?|未能?|不)(?:全部|完全|成功)?(?:通过|修复|解决|成功|生效)|(?:修复|构建|测试|部署|迁移|编译|安装|推送|合并|提交)(?:仍然?|还是|又|都)?(?:失败|报错|被拒)(?!的)/i;

const has = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));

/** “I restarted it”, but not “I checked it”. */
const firstPerson =
  /^(?:i|we)(?:'ve| have)?(?: also| now| then| just)? (?!looked|checked|examined|reviewed|inspected|searched|traced|compared|measured|profiled|reproduced|investigated|tried|noticed|wanted|needed|assumed|expected|believed|confirmed|verified|suspected|attempted|failed)[a-z]+ed\b/i;

/** What is only supposed: no title may say that it is so. */
export function isHedged(text: string): boolean {
  return /\b(?:might|may(?:be)?|could be|probably|perhaps|likely|guess|suspect|not (?:yet )?(?:sure|certain|clear)|please (?:check|verify|confirm|test)|could you (?:check|verify|confirm|test|try)|should (?:now )?(?:fix|solve|resolve|help|work|be (?:fixed|gone|ok(?:ay)?)))\b|应该(?:就|都)?(?:好|可以|能|不会|修|解决)|可能|也许|或许|大概|猜|怀疑|疑似|不(?:太|能)?(?:确定|清楚)|请(?:你|您)?(?:先|再|帮忙)?(?:确认|验证|检查)/i.test(
    text,
  );
}

/** A person says that it is not mended: “still broken”, 还是不行. */
const refuted =
  /\bstill\b(?! (?:to do|open|need)).{0,40}\b(?:broken|fail\w*|not|n['’]t|same|happen\w*|there|errors?|wrong|crash\w*|slow|clos\w+|see|get)\b|\b(?:does|did|is)(?:n['’]t| not) (?:work|help|fix\w*)|\b(?:no luck|same (?:error|problem|issue|thing)|nope)\b|还是(?:不|报|一样|有|会|失败|没)|(?:仍然?|依然|又)(?:报|失败|不|有)|没(?:有)?(?:修好|解决|用|效果)|不行/i;
const accepted = /\b(?:works|fixed|solved|perfect|great|thanks|thank you|nice|awesome)\b|好了|可以了|没问题|谢谢|搞定/i;

/** What a person's next words say of the work before them; null when they say nothing of it. */
export function verdictOf(prompt: string): 'refuted' | 'accepted' | null {
  const text = prompt.slice(0, 400);
  if (refuted.test(text)) return 'refuted';
  return accepted.test(text) ? 'accepted' : null;
}

/** By the words of a sentence alone. What is open comes first: “the fix still needs a test” is not done. */
export function kindOf(text: string): Kind {
  if (question.test(text)) return 'question';
  if (has(open, text)) return 'open';
  if (firstPerson.test(text)) return 'done';
  const explains = has(learned, text);
  const tellsDone = has(
    done,
    unreal.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text),
  );
  if (!tellsDone && failing.test(text)) return explains ? 'learned' : 'open';
  // “Replaced the cache because it leaked” was done; “the cache leaked, because …” explains.
  if (tellsDone && (!explains || /^(?:(?:i|we)(?:'ve| have)? )?\w+ed\b|^已|^(?:修复|新增|添加|将|把)/i.test(text))) {
    return 'done';
  }
  if (explains) return 'learned';
  if (has(investigated, text)) return 'investigated';
  return 'other';
}

/** What the heading above it says holds before its own words, except that a question stays one. */
export function kindUnder(section: Section | null, text: string): Kind {
  const own = kindOf(text);
  if (own === 'question' || section === null || section === 'key' || section === 'request' || section === 'skip') {
    return own;
  }
  // Under “Results” an open end is still one.
  if (own === 'open' && section !== 'learned') return own;
  return section;
}

/**
 * Words by which a person asks that what they say be not kept. “Don't store this in a cookie” asks for code: verbs that programs
 * have too count at the end of a clause only.
 */
const offRecord = [
  /\boff the record\b|\b(?:do(?:n't| not)|never|not to|must not) (?:ever )?(?:remember|memori[sz]e) (?:this|that|it|these|those|them|any(?:thing)?|my)\b/i,
  /\b(?:do(?:n't| not)|never) (?:ever )?(?:record|store|save|log|keep|note) (?:this|that|it|these|those|them|any of (?:this|it))\s*(?:please\s*)?(?:[.!,;:)]|$)/im,
  /\bforget (?:this|that|my|the) (?:password|passphrase|secret|key|token|message|conversation)\b/i,
  /(?:不要|别|请勿|无需|不用|不必)(?:再)?记(?:住|下|$|[，。！!,.；;])/m,
  /(?:不要|别|请勿)(?:再)?(?:记录|保存|存储|存下来?)(?:这些|这个|它|下来)?\s*(?:[，。！!,.；;）)]|$)/m,
  /忘(?:记|掉)(?:这个|这条|刚才的|我的)?(?:密码|密钥|口令|令牌|消息|内容)/,
];

export function isOffRecord(prompt: string): boolean {
  return has(offRecord, prompt.slice(0, 4_000));
}

/** A wish for all times: “always …”, “remember that …”, 以后, 记住. */
const standing =
  /^(?:please )?(?:remember|note|keep in mind|from now on|in (?:the )?future|always|never|don't ever|do not ever|as a rule)\b|^(?:请)?(?:记住|记得|以后|今后|从现在(?:起|开始)|永远|始终|总是|务必)/i;

export function isStanding(sentence: string): boolean {
  return standing.test(sentence);
}

/** The wish itself, without the words that ask to keep it. */
export function standingWish(sentence: string): string {
  return sentence
    .replace(
      /^(?:please )?(?:remember|note|keep in mind|from now on|as a rule|in (?:the )?future)(?: to)?(?: that)?[:,]?\s+/i,
      '',
    )
    .replace(/^(?:请)?(?:记住|记得|以后|今后|从现在(?:起|开始))[：:，,]?\s*/, '')
    .replace(/(?:[,，]?\s*(?:btw|by the way|please|thanks|thank you|谢谢))+[.!。！]*$/i, '');
}
