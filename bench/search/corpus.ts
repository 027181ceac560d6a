import { seededRandom } from '../lib/seeded-random.ts';
import { createZipf } from './zipf.ts';

export interface CorpusRow {
  session: number;
  project: number;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  failed: boolean;
  occurredAt: number;
}

const frequentWords =
  'file test error run read edit update function build config server index data type request session timeout database writer ' +
  'query import module path value result user key cache lock commit branch deploy token event hook schema migration retry ' +
  'handler parser render component state router window thread worker queue batch stream socket port client response header ' +
  'cookie login password reset verify deadlock transaction rollback index vacuum checkpoint journal replica shard latency ' +
  'memory leak profile heap buffer overflow encode decode digest signature certificate proxy gateway balancer container image ' +
  'volume network firewall subnet cluster node pod service account policy role permission audit metric trace span alert ' +
  'dashboard report export snapshot backup restore archive compress upload download locale translate format template ' +
  'layout style theme color font icon button dialog menu list table column row sort filter search highlight snippet page ' +
  'cursor offset limit total count average percentile histogram benchmark baseline regression flaky assertion fixture mock';
const chineseWords =
  '登录 注册 密码 用户 数据 数据库 时钟 偏差 超时 锁定 死锁 事务 回滚 缓存 失效 内存 泄漏 线程 进程 队列 消息 接口 请求 响应 错误 异常 日志 ' +
  '测试 部署 构建 配置 文件 路径 权限 令牌 会话 搜索 索引 查询 排序 过滤 分页 高亮 迁移 备份 恢复 导出 导入 压缩 上传 下载 编码 解码 签名 ' +
  '证书 代理 网关 负载 均衡 容器 镜像 网络 防火墙 集群 节点 服务 账户 策略 角色 审计 指标 追踪 告警 面板 报表 快照 归档 翻译 格式 模板 布局 ' +
  '样式 主题 颜色 字体 图标 按钮 对话框 菜单 列表 表格 游标 偏移 总数 平均 基准 回归 断言 重试 修复 优化 重构 验证 检查 同步 异步 并发 阻塞';
const syllables =
  'ba co di fu ge ha ki lo mu ne pa qui ro sa te va wo xi yo ze bri cla dro fle gri pla sco tra ster ment lin'.split(
    ' ',
  );
const tools = ['Read', 'Edit', 'Bash', 'Grep', 'Write', 'Glob', 'WebFetch', 'Task'];
const types = ['discovery', 'change', 'command', 'discovery', 'change', 'discovery', 'research', 'delegation'];
const sessionRows = 20;
const chineseShare = 0.25;
const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 0, 1);

/** A memory as developers make it, in two languages: a few words everywhere, most of them rare; the same for a seed. */
export function* makeCorpus(rows: number, seed: number): Generator<CorpusRow> {
  const random = seededRandom(seed);
  const words = frequentWords.split(' ');
  while (words.length < 30_000) words.push(inventWord(random));
  const drawWord = createZipf(words.length, random);
  const chinese = chineseWords.split(' ');
  const drawChinese = createZipf(chinese.length, random);
  const word = () => words[drawWord()] ?? '';
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const identifier = () =>
    pick([
      () => word() + capitalise(word()) + (random() < 0.3 ? capitalise(word()) : ''),
      () => `${word()}_${word()}`,
      () => `${word()}-${word()}`,
      () => `${capitalise(word())}${capitalise(word())}Error`,
    ])();
  const files = Array.from(
    { length: Math.max(200, Math.round(rows / 30)) },
    () => `/home/dev/work/${word()}/src/${word()}/${word()}-${word()}.${pick(['ts', 'py', 'go', 'md'])}`,
  );
  const drawFile = createZipf(files.length, random);
  const sentence = (length: number) =>
    Array.from({ length }, () => (random() < 0.12 ? identifier() : word())).join(' ');
  const chineseSentence = (length: number) =>
    Array.from({ length }, () => (random() < 0.15 ? ` ${identifier()} ` : chinese[drawChinese()])).join('');
  let at = firstDay;
  for (let row = 0; row < rows; row++) {
    const session = Math.floor(row / sessionRows);
    at += row % sessionRows === 0 ? Math.floor(random() * 1_200_000) : Math.floor(random() * 60_000);
    const write = random() < chineseShare ? chineseSentence : sentence;
    const kind = Math.floor(random() * tools.length);
    const file = files[drawFile()] ?? '';
    const changes = kind === 1 || kind === 4;
    yield {
      session,
      project: session % 50,
      type: types[kind] ?? 'tool',
      tool: tools[kind] ?? null,
      title: write(4 + Math.floor(random() * 5)),
      subtitle: random() < 0.5 ? write(8) : null,
      facts: Array.from({ length: Math.floor(random() * 3) }, () => write(8)),
      narrative: random() < 0.3 ? write(20) : null,
      concepts: random() < 0.3 ? [word()] : [],
      files_read: kind === 0 || kind === 3 ? [file] : [],
      files_changed: changes ? [file] : [],
      failed: random() < 0.06,
      occurredAt: Math.min(at, firstDay + 400 * dayMs),
    };
  }
}

function inventWord(random: () => number): string {
  const length = 2 + Math.floor(random() * 3);
  return Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
