/** The words by which statements are told apart: data for `statement.ts`, in both languages. */

/** What turns an instruction into its opposite; longest first, so that "must not" counts once. */
export const negations = new RegExp(
  [
    String.raw`\b(?:must|should|shall|may|can|could|do|does|did|is|are|was|need|ought|will|would)(?: ?n['’]?t\b|not\b| not\b| never\b)`,
    String.raw`\b(?:never|not|cannot|without|no longer|neither|nor|avoid(?:s|ed|ing)?|forbid(?:s|den)?|forbidden|prohibit(?:s|ed)?|refrain from|stop|ban(?:ned|s)?|disallow(?:s|ed)?|no)\b`,
    '(?:千万|绝对|永远|一律|务必)?(?:不要|不用|不得|不准|不许|不能|不可以|不可|不应该?|不该|不使用|不允许|不再|不必|不需要|无需|无须|禁止|严禁|禁用|避免|切勿|请勿|绝不|决不|从不|停止|拒绝|未经|不(?=.{2,17}就不)|勿|别(?!人|的|名|处|忘|说))',
  ].join('|'),
  'giu',
);

/** Say how much it holds, and nothing of what it is about. */
const empty = new Set(
  (
    'a an the and or of to for in on at by with from as is are be been being was were it its this that these those there here we you i he she they ' +
    'our your my their us me them who which what when where if then than so such also too just only any some all each every everything everywhere ' +
    'always should must shall may can could would will need needs have has had do does did please make sure ensure remember note keep mind ' +
    'let lets want wants like rule convention policy standard generally usually typically whenever ever into onto about via per code ' +
    'repo repository project codebase one ones strictly explicitly team got get gets ought time times anything supposed expected bear ' +
    'forget dont doesnt cant wont'
  ).split(' '),
);
const emptyChinese = new Set(
  (
    '的 了 在 是 和 与 或 及 都 要 请 应 应该 应当 必须 务必 一定 一定要 总是 始终 一律 一直 永远 都要 需要 需 须 得 会 能 可以 我们 你 我 他们 大家 这个 那个 这 那 ' +
    '个 里 中 上 下 时 时候 对 对于 为 为了 把 将 被 让 给 用 使用 采用 来 去 也 还 就 才 再 先 所有 每 每次 每个 任何 全部 项目 仓库 代码 本 该 其 以 以后 今后 从 到 ' +
    '记住 记得 注意 确保 保证 尽量 只 只能 统一 之 地 着 吧 呢 啊 有 做 进行 一下 一个 规定 约定'
  ).split(' '),
);

export function isEmptyWord(word: string): boolean {
  return empty.has(word) || emptyChinese.has(word);
}

/** What instructions are made with: verbs and frames that one wording has and another has not. By stem. */
const generic = new Set(
  (
    'run execut use prefer choos pick set write creat make add keep put store save log record print output show appear contain includ exclud hold go come ' +
    'call name remov delet drop chang updat edit modifi touch commit push merg squash rebas pull submit open close start stop restart build compil deploi ' +
    'ship releas publish instal import export read load send receiv check verifi valid review ask confirm test lint format indent document describ explain ' +
    'answer repli wrap return throw handl catch retri limit allow accept reject refus permit forbid requir enforc expir last live reach find happen occur ' +
    'reli depend follow stick respect avoid skip omit ignor mark treat convert perform appli switch move place locat host serv kept written made done built ' +
    'befor after prior first last singl one two directli straight explicit mere simpli alwai strictli new own whole larger smaller more less most least above below over ' +
    'up under than maximum minimum size amount number lifetim timeout time valu way place thing work case part line file code function modul command tool ' +
    'standard default style rule convent choic note messag reason version everi entir both second minut hour day request respons integ string text word row ' +
    'entri item hand manual automat generat gener true fals yes ok good better best fine enough instead rather without within outsid insid ' +
    'config us choo reba relea refu abov wai dai respon fals ye awai util emploi eras ' +
    'column alter out off away back again straight level singl whole gate lock branch row direct time'
  ).split(' '),
);
const genericChinese = new Set(
  (
    '运行 执行 跑 使用 采用 设置 设为 设定 设 改 改为 修改 改动 更改 变更 写 书写 编写 写入 写进 记录 记 记到 输出 打印 出现 显示 包含 保存 存储 存放 放 放在 保留 添加 增加 新增 创建 新建 ' +
    '删除 删 去掉 更新 提交 推送 合并 压缩 发布 上线 部署 安装 升级 导入 导出 读取 加载 发送 检查 验证 校验 确认 询问 问 测试 构建 编译 格式化 缩进 命名 回答 回复 返回 抛出 处理 捕获 重试 限制 限制为 ' +
    '允许 拒绝 超过 大于 小于 最大 最小 大小 时间 超时 数量 之前 之后 前 后 先 再 直接 单独 统一 优先 代替 替代 全部 一个 两个 新 旧 时 秒 分钟 小时 天 次 个 文件 代码 函数 模块 命令 工具 默认 风格 规则 方式 ' +
    '日志 版本 字符 行 列 内容 信息 选 成 只 只能 必 为 以 由 向 里 内 外 完 完成 情况 问题 结果 数据 进行 提供 支持 需求 实现 手动 自动 生成 分为 单位 日志里 日志中'
  ).split(' '),
);

/** Chinese words of these lists, the longest first: a dictionary would cut some of them in two. */
export const knownChinese = new RegExp(
  [...genericChinese, ...emptyChinese]
    .filter((word) => word.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .join('|'),
  'gu',
);

/** Whether a word (a stem, in English) may be missing from another wording of the same. */
export function isGenericWord(word: string): boolean {
  return generic.has(word) || genericChinese.has(word) || /^\d/.test(word);
}

/** One of each line is chosen; the words of an alternative that stand for each other are joined by a slash. */
const alternativeLines = `
tab/tabs/制表符 | space/spaces/空格
single quote/single quotes/single-quote/单引号 | double quote/double quotes/double-quote/双引号
npm | pnpm | yarn | bun
pip | poetry | uv | conda
jest | vitest | mocha | ava | jasmine
pytest | unittest | nose
cypress | playwright | selenium | puppeteer
eslint | oxlint | biome
prettier | oxfmt | dprint
webpack | vite | rollup | parcel | esbuild
rebase/rebasing/变基 | merge commit/merge commits/合并提交
squash/squashing/squash-merge/压缩合并 | merge commit/merge commits/合并提交
camelcase/驼峰/驼峰命名 | snake_case/snake case/蛇形/下划线命名 | kebab-case/kebab case/短横线 | pascalcase/帕斯卡
utc | local time/本地时间 | beijing time/北京时间
rest | graphql | grpc
postgres/postgresql | mysql | sqlite | mongodb | mariadb
redis | memcached
english/英文/英语 | chinese/中文/汉语
tuesday/tuesdays/周二 | monday/mondays/周一 | friday/fridays/周五 | wednesday/周三 | thursday/周四
before/prior/beforehand/之前/前/以前 | after/afterwards/following/之后/后
enable/enabled/enables/启用/开启/打开/turn on | disable/disabled/disables/关闭/关掉/停用/turn off
sync/synchronous/synchronously/同步 | async/asynchronous/asynchronously/异步
public/公开 | private/私有
optional/可选 | required/mandatory/必填/必需
lf | crlf
named export/named exports/命名导出 | default export/default exports/默认导出
ascending/升序 | descending/降序
increase/raise/调高/增大 | decrease/lower/reduce/调低/减小
include/包含 | exclude/omit/排除/省略
wal | rollback-journal/rollback journal/delete journal/回滚日志
docker | podman
light/浅色/亮色 | dark/深色/暗色
strict/严格 | loose/lenient/宽松
nullable | not null/non-null
uuid/uuids/uuidv7 | autoincrement/auto-increment/auto increment/serial id/自增/自增主键
interface/interfaces | type alias/type aliases/类型别名
class/classes | closure/closures/闭包 | factory function/factory functions
throw/throws/throwing/抛出 | result object/result type/result/错误码/error code/error codes
commit/committed/提交到仓库 | ignore/ignored/gitignore/忽略
hard delete/physically delete/物理删除 | soft delete/soft-delete/软删除
cents/minor units/integer cents/分为单位 | floats/float/decimal/decimals/浮点 | 元为单位
milliseconds/毫秒 | seconds/秒
`;

export interface Alternative {
  /** Which choice it belongs to. */
  line: number;
  /** Whether that choice is between two: then not the one is the other. */
  isEither: boolean;
  /** Which of them it is. */
  choice: number;
}

const alternativesByPhrase = new Map<string, Alternative[]>();
for (const [line, text] of alternativeLines.trim().split('\n').entries()) {
  const choices = text.split(' | ');
  for (const [choice, phrases] of choices.entries()) {
    for (const phrase of phrases.trim().split('/')) {
      alternativesByPhrase.set(phrase, [
        ...(alternativesByPhrase.get(phrase) ?? []),
        { line, choice, isEither: choices.length === 2 },
      ]);
    }
  }
}

const han = /\p{Script=Han}/u;
const phrasePattern = new RegExp(
  [...alternativesByPhrase.keys()]
    .toSorted((a, b) => b.length - a.length)
    // A single Chinese character means too much where it stands within a longer run.
    .filter((phrase) => phrase.length > 1 || !han.test(phrase))
    .map((phrase) => (han.test(phrase) ? phrase : `(?<![\\w-])${phrase}(?=(?:e?s)?(?![\\w-]))`))
    .concat(String.raw`(?<=\p{Script=Han})[前后](?=[，,、 ]|先|要|都|必|再|不|需|请|运|跑|执|$)`)
    .join('|'),
  'gu',
);

/** The choices that a lower-case text names, with the words that name them. */
export function alternativesIn(text: string): { phrase: string; alternatives: readonly Alternative[] }[] {
  return [...text.matchAll(phrasePattern)].flatMap(([phrase]) => {
    const alternatives = alternativesByPhrase.get(phrase);
    return alternatives === undefined ? [] : [{ phrase, alternatives }];
  });
}

/** Units by what they measure, with their size in the smallest one. */
export const units: ReadonlyMap<string, { kind: string; size: number }> = new Map(
  (
    [
      ['time', 1, 'ms millisecond milliseconds 毫秒'],
      ['time', 1_000, 's sec secs second seconds 秒 秒钟'],
      ['time', 60_000, 'm min mins minute minutes 分钟'],
      ['time', 3_600_000, 'h hour hours 小时 个小时'],
      ['time', 86_400_000, 'd day days 天 日'],
      ['time', 604_800_000, 'week weeks 周 个星期'],
      ['size', 1, 'b byte bytes 字节'],
      ['size', 1_024, 'kb kib k'],
      ['size', 1_048_576, 'mb mib'],
      ['size', 1_073_741_824, 'gb gib g'],
      ['share', 1, '% percent 个百分点'],
      ['length', 1, 'column columns character characters char chars 列 字符 个字符'],
      [
        'count',
        1,
        'spaces space 个空格 空格 times 次 retries retry lines line 行 workers worker connections connection 个连接 reviewers approvals reviewer approval 人 items rows 条',
      ],
    ] as const
  ).flatMap(([kind, size, names]) => names.split(' ').map((name) => [name, { kind, size }] as const)),
);
