/** By which words a standing instruction is told from an order for now, in both languages. */

/** A question, or words about a question. */
export const question =
  /^(?:so |and |but |ok(?:ay)?,? )?(?:why|what|how|when(?! (?:you|we|writing|adding|changing|editing|working)\b[^?]*,)|where|who|which|whose|do|does|did|can|could|should|would|will|is|are|was|were|am|have|has|isn['’]t|don['’]t you|shouldn['’]t|any idea|i wonder|wondering|not sure)\b(?!.*\bplease\b)|吗\s*$|呢\s*$|^(?:为什么|为何|怎么|怎样|如何|是否|是不是|能不能|可不可以|要不要|有没有|谁|哪)/iu;

/** Only for now, or about one thing at hand. */
export const onlyNow =
  /\b(?:now|right away|today|tonight|tomorrow|yet|this time|for the moment|at the moment|for now|just once|once more|temporarily|until|till|later|first|meanwhile|in this (?:pr|commit|branch|function|file|change|task|session|case|test|one|step|pass|class|method)|(?:for|on|with|to) this (?:pr|commit|branch|function|file|change|task|session|case|one|step)|this (?:function|file|test|class|method|line|variable|bug|issue|change|part)|that (?:function|file|test|class|method|line|variable)|the (?:above|following|previous)|anymore with|here|(?:for|to|in|with|on) (?:this|it|that)(?=[\s.!]*$))\b|现在|这次|本次|这一次|今天|明天|暂时|暂且|先(?:不要|别|不用|把)|目前|刚才|等一下|这个\s*(?:函数|文件|类|方法|变量|测试|用例|分支|接口|改动|任务|问题|bug|pr)|该(?:函数|文件|方法)|那个(?:函数|文件|方法)|这里|那里|这段|这行|上面的|下面的|为止|直到/iu;

/** A report of what happens or what somebody said, no instruction. */
export const report =
  /\b(?:says?|said|told|tells|reads|claims?|according to|complains?|warns?|i thought|i think|i guess|it seems|seems to|looks like|i noticed|i see|i saw|we saw|used to|turns out|i remember|i don['’]t remember|can['’]t remember|do you remember|remember when|as you remember)\b|据说|说是|说要|提示说?|报错说|显示说?|我以为|我觉得是|好像|似乎|看起来|听说|文档(?:里|中)?(?:写|说)/iu;

/** Things go wrong: a subject that always does so is a bug, no rule. */
export const goesWrong =
  /\b(?:always|never|every time|constantly)\s+(?:\w+ly\s+)?(?:fails?|failing|crash(?:es)?|returns?|throws?|shows?|shown|hangs?|times? out|gets?|got|gives?|breaks?|prints?|reports?|complains?|works?|worked|finishes|ends|loses?|forgets?|forgot|said|meant|heard|seen|saw|had|been|happens?|happened|mind|sends? back|empty|null|undefined|wrong|slow|the same|knew|know|succeeds?|loads?|resolves?|fires?|called|reached|executed|triggered|received|stops?|comes? back)\b|(?:总是|一直|老是|每次都?|永远|始终|从来)(?:会|在|都)?(?:报错|失败|返回|崩溃|卡|超时|出错|不行|不对|不成功|为空|是空|显示|抛|挂|提示|没有|连不上|打不开|很慢|丢|忘|这样|有问题|触发|收到|报)/iu;

/** The writer asks that it is not kept; then nothing of the prompt is. */
export const keepsToHimself =
  /\b(?:don['’]?t|do not|never|please don['’]t)\s+(?:you\s+)?(?:remember|store|save|record|memori[sz]e|keep)\s+(?:this|that|it|any of (?:this|it)|these|what|my (?:key|password|secret|token))|\boff the record\b|\bforget (?:this|that|it|what i)\b|(?:不要|别|请勿|勿|不用|不许)(?:去)?(?:记住|记录|保存|记下|存储|记忆|记得)|忘掉|忘记(?:这|刚)/iu;

/** How a standing instruction begins within its clause. */
export interface Trigger {
  pattern: RegExp;
  /** What it says at least: kept once the words of the trigger are cut off. */
  strength: 'explicit' | 'rule' | 'weak';
  /** The words of `pattern` before its sense are cut from the statement. */
  cut: boolean;
}

const you = String.raw`(?:(?:please|pls|also|so|but|and|then|just|ok|okay|btw|by the way|hey|importantly|important|note|rule|in general|generally|as a rule|in this (?:repo|repository|project|codebase|code base|workspace)|for this (?:repo|repository|project)|in (?:our|the) (?:repo|repository|codebase|project|code)|around here|claude)[,:]?\s+)*`;
const subject = String.raw`(?:(?:we|you|i want you to|i['’]d like you to|i expect you to|i need you to|you['’]re to|you are to|let['’]s|everyone|everybody|all of us|one)\s+)?`;
const modal = String.raw`(?:(?:should|must|shall|need to|have to|ought to|will|can|are to|want to)\s+)?`;

/** The first that fits a clause counts. */
export const triggers: readonly Trigger[] = [
  {
    pattern: new RegExp(
      String.raw`^${you}(?:please\s+)?(?:(?:always\s+)?remember|keep in mind|bear in mind|don['’]?t forget|do not forget|never forget|make a (?:mental )?note|note to self|take note|for (?:the record|future reference)|memori[sz]e)(?:\s+that\b|\s+to\b(?!\s*$)|\s*[:,\-–—]\s*)(?:\s*for (?:future|next|all) (?:sessions?|time)[,:]?\s*)?`,
      'iu',
    ),
    strength: 'explicit',
    cut: true,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:please\s+)?(?:from now on(?:wards?)?|from here on(?: out)?|going forward|moving forward|henceforth|in (?:the )?future|in all future sessions|as of today|starting today|as a (?:general )?rule|by default)\s*[,:]?\s*`,
      'iu',
    ),
    strength: 'explicit',
    cut: true,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:our|the|my) (?:\w+ )?(?:convention|rule|policy|standard|guideline|preference)(?: (?:here|in this (?:repo|project)))? is(?: that| to|:)?\s+`,
      'iu',
    ),
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:we(?:['’]ve| have)? (?:decided|agreed)|the decision is|it was decided)(?: that| to| on)?\s+`,
      'iu',
    ),
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(String.raw`^${you}${subject}${modal}(?:always|never|only ever)\s+\p{L}`, 'iu'),
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:i|we)(?:['’]d)?\s+(?:always |much |would |really |strongly )*(?:prefer|like (?:it )?(?:when|to)|favou?r)\b`,
      'iu',
    ),
    strength: 'rule',
    cut: false,
  },
  { pattern: new RegExp(String.raw`^${you}prefer\s+\S+`, 'iu'), strength: 'rule', cut: false },
  {
    pattern: new RegExp(String.raw`^${you}(?:(?:do not|don['’]?t)\s+ever|under no circumstances)\s+\p{L}`, 'iu'),
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:whenever|every time|each time|before (?:every|each|any|you)|after (?:every|each|any|you)|when(?:ever)?) (?:you |we )?[^,]{2,80},\s*(?:please |always |you (?:must|should) |make sure (?:to|that|you) |also |first )*(?:add|run|use|check|update|write|ask|make|create|include|keep|put|call|verify|regenerate|bump|tag|format|lint|test|do|don['’]t|never|avoid|prefer|wrap|log|document|mention|open|rebase|squash|commit|push|start|stop|explain|read|set|bring)\b`,
      'iu',
    ),
    strength: 'weak',
    cut: false,
  },
  {
    pattern:
      /^.{2,80}?\b(?:must|should|shall|ought to|have to|has to|needs? to)\s+(?:always|never|only ever)\s+\p{L}/iu,
    strength: 'rule',
    cut: false,
  },
  {
    pattern:
      /^(?:every|all|each|any|no)\s+.{2,80}?\b(?:must|must not|should|should not|has to|have to|needs?|may|may not|shall|is allowed to|are allowed to)\b/iu,
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:do not|don['’]?t|avoid|refrain from)\s+(?:use|using|commit|committing|push|pushing|import|importing|mention|mentioning|add|adding|write|writing|log|logging|mock|mocking|introduce|introducing|hardcode|hard-code|create|creating|install|installing|put|putting|include|including|merge|merging|amend|amending|force|skip|skipping|rely|relying|swallow|swallowing|catch|catching|touch|touching|edit|editing)\s+(?!(?:it|this|that|these|those|them|the|anything|any more|your|my|one|a|an)\b)\S+`,
      'iu',
    ),
    strength: 'weak',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:we\s+)?use\s+(?!(?:a|an|the|this|that|it|these|those|your|my|one)\b)[^,.]{2,40}?(?:\s+instead of\s+|\s+rather than\s+|\s+over\s+|,\s*(?:and )?not\s+|\s+not\s+)(?!(?:a|an|the|this|that)\b)\S+`,
      'iu',
    ),
    strength: 'weak',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:we|this (?:repo|repository|project|codebase))\s+(?:only\s+)?(?:uses?|writes?|follows?|sticks? to|stands? on|formats?|names?|deploys?|targets?|supports?)\s+.+\b(?:in (?:this|our) (?:repo|repository|project|codebase)|everywhere|throughout|for (?:all|every|everything)|across)\b`,
      'iu',
    ),
    strength: 'rule',
    cut: false,
  },
  {
    pattern: new RegExp(
      String.raw`^${you}(?:answer|reply|respond|talk|write)(?: to)?(?: me| us)? in (?:english|chinese|simplified chinese|mandarin|german|french|spanish|japanese|korean)\b`,
      'iu',
    ),
    strength: 'weak',
    cut: false,
  },
  // 中文
  {
    pattern:
      /^(?:请|务必|一定要|你要|帮我|麻烦|另外|还有|对了|[，,、\s])*(?:记住|牢记|谨记|记一下|记着|切记)(?!了|吗|没)(?:了)?\s*[：:，,]?\s*/u,
    strength: 'explicit',
    cut: true,
  },
  {
    pattern:
      /^(?:请|你要|另外|还有|对了|[，,、\s])*(?:记得|别忘了|不要忘记|别忘记|不要忘了)(?!吗|上次|之前)\s*[：:，,]?\s*/u,
    strength: 'weak',
    cut: true,
  },
  {
    pattern:
      /^(?:请|另外|还有|对了|那么?|[，,、\s])*(?:以后|今后|往后|从现在(?:开始|起)|从今(?:以后|往后|天起)|从此以后|之后|将来|接下来的会话)(?!再说|再做|再看|再弄|再改|处理|的)\s*[，,：:]?\s*(?:请|我们|你|你们|凡是)?(?=.*(?:都|请|要|不|别|必须|一律|统一|用|先|始终|总是|禁止|默认|优先|只|尽量|每|务必|记得))/u,
    strength: 'explicit',
    cut: true,
  },
  {
    pattern:
      /^(?:请|你|我们|大家|代码(?:里|中)?|项目(?:里|中)?|在?(?:这个|本)(?:项目|仓库|工程)(?:里|中)?|另外|还有|[，,、\s])*(?:要|应该?|应当|必须|务必|都要|都)?(?:总是|始终|一律|永远|一直)(?:要|都|不要|不|使用|用|把|在|以|先|保持|写|加|跑|运行|\p{Script=Han})/u,
    strength: 'rule',
    cut: false,
  },
  {
    pattern:
      /^.{0,30}?(?:必须|务必|一定要|禁止|严禁|不得|不允许|不准|切勿|绝不|决不|永远不要|千万不要|千万别|一律|统一(?:使用|用|采用|设|改|放|写|叫|以))(?:.{2,})/u,
    strength: 'rule',
    cut: false,
  },
  {
    pattern:
      /^.{0,14}?(?:优先(?:使用|用|选|考虑)?|默认(?:使用|用)|尽量(?:使用|用|不要|不|避免|少)|避免(?:使用|用)?).{2,}/u,
    strength: 'rule',
    cut: false,
  },
  {
    pattern:
      /^(?:请|我们|你|都|统一|[，,、\s])*(?:用|使用|采用)(?!户).{1,24}?(?:而不是|代替|替代|，?不要用|，?别用|,\s*不要用|,\s*别用|，不用).{1,}/u,
    strength: 'weak',
    cut: false,
  },
  {
    pattern: /^(?:我们?(?:的)?|团队|项目)?(?:约定|规范|规定|惯例|原则)(?:是|：|:|，|,)?\s*.{3,}/u,
    strength: 'rule',
    cut: false,
  },
  { pattern: /^我们?(?:已经?)?(?:决定|商定|定下来?)(?:了)?(?:要|以后)?.{3,}/u, strength: 'rule', cut: false },
  { pattern: /^(?:我|我们)(?:更|比较|都)?(?:喜欢|偏好|倾向于?|习惯).{2,}/u, strength: 'rule', cut: false },
  {
    pattern:
      /^(?:请|你|我们|大家|代码(?:里|中)?|项目(?:里|中)?|在.{1,14}?(?:里|中|上|时|下)|[，,、\s])*(?:不要|别(?!人|的|名|处|忘|说|扭|致|墅|样|着急|担心)|请勿|勿|不能(?!够|力))(?!紧|急|着急|担心|客气|误会|说了)(?:再)?\p{L}.+/u,
    strength: 'weak',
    cut: false,
  },
  { pattern: /^(?:每次|每当|凡是).{2,30}?(?:都|先|要|必须|就|请).{2,}/u, strength: 'weak', cut: false },
  {
    pattern: /^.{1,14}(?:之前|以前|前|之后|以后|后)[，,]?(?:都|一律|总是|必须|务必|请先|都要|要先).{2,}/u,
    strength: 'weak',
    cut: false,
  },
  {
    pattern: /^(?:请|都|以后|[，,、\s])*(?:用|使用)(?:简体)?(?:中文|英文|英语)(?:来)?(?:回答|回复|交流|写|沟通).*/u,
    strength: 'weak',
    cut: false,
  },
];

/** Prefaces that say where an instruction holds, and so belong to it. */
export const preface =
  /^(?:(?:in|for|when|whenever|while|with|on|under|before|after|if|inside|unless|except|during|within|across|as for|regarding)\b.{2,80}|(?:在|对|对于|写|当|凡是|关于|如果|每次|提交|发布|修改|新增|遇到|所有).{1,30})$/iu;

export const globally =
  /\b(?:in (?:all|any|every|each of) (?:my |our )?(?:projects?|repos?|repositories)|across (?:all )?(?:my |our )?(?:projects|repos|repositories)|for all (?:my |our )?(?:projects|repos|repositories)|in general|globally|no matter which (?:project|repo)|everywhere i work|regardless of (?:the )?(?:project|repo))\b|所有(?:的)?(?:项目|仓库)|任何(?:项目|仓库)|每个(?:项目|仓库)|全局|不管(?:哪个|什么)项目/iu;

/** About how people talk to each other: it holds wherever they do. */
const aboutTalk =
  /\b(?:answer|reply|respond|talk|speak|explain|write)(?: to)?(?: me| us)?\b.{0,20}\b(?:in|using)\b.{0,20}\b(?:english|chinese|mandarin|german|french|spanish|japanese|korean)\b|(?:中文|英文|英语|汉语)(?:来)?(?:回答|回复|交流|沟通|跟我说)|(?:回答|回复|交流|沟通|解释).{0,8}(?:中文|英文|英语|汉语)|\bcall me\b|\bemojis?\b|叫我|表情符号/iu;
/** What is written into the work and not to a person: that is a matter of the project. */
const aboutWork =
  /\b(?:commits?|comments?|code|docs?|readme|changelog|pull requests?|prs?|issues?|logs?|ui|tests?|files?)\b|提交|注释|代码|文档|日志|界面|测试|文件/iu;

export function isAboutTalk(statement: string): boolean {
  return aboutTalk.test(statement) && !aboutWork.test(statement);
}
