export interface HardPair {
  half: 'fit' | 'held out';
  truth: 'duplicate' | 'contradiction' | 'different';
  a: string;
  b: string;
}

const fit = (truth: HardPair['truth'], a: string, b: string): HardPair => ({ half: 'fit', truth, a, b });
const heldOut = (truth: HardPair['truth'], a: string, b: string): HardPair => ({ half: 'held out', truth, a, b });

/** Written by hand, each for one way to be wrong. */
export const hardPairs: readonly HardPair[] = [
  fit('duplicate', 'Never use tabs for indentation in YAML.', 'Always use spaces for indentation in YAML.'),
  fit('duplicate', 'Use WAL mode for every SQLite file.', 'Every SQLite file is opened in WAL mode.'),
  fit('contradiction', 'Enable strict mode in the compiler.', 'Disable strict mode in the compiler.'),
  fit('contradiction', 'Run the linter before the tests.', 'Run the linter after the tests.'),
  fit('contradiction', 'Node 20 is used in production.', 'Node 24 is used in production.'),
  fit('contradiction', '日志保留 7 天。', '日志保留 30 天。'),
  fit('contradiction', '默认启用缓存。', '默认关闭缓存。'),
  fit('different', 'Run the linter before committing.', 'Run the formatter before committing.'),
  fit('different', 'Use WAL mode for orders.db.', 'Use WAL mode for users.db.'),
  fit('different', 'Never use npm.', 'Use pnpm for scripts.'),
  fit('different', 'The API listens on port 8080.', 'The worker listens on port 9090.'),
  fit('different', '接口超时设为 5 秒。', '数据库超时设为 30 秒。'),
  fit('different', 'Write tests for every bug fix.', 'Write documentation for every feature.'),
  fit('different', 'Do not edit generated files.', 'Do not commit generated files.'),
  heldOut(
    'duplicate',
    'Disable telemetry in the development build.',
    'Never enable telemetry in the development build.',
  ),
  heldOut('duplicate', 'Ask before deleting any file.', "Don't delete files without asking first."),
  heldOut('duplicate', '删除文件前先询问。', '未经询问不要删除文件。'),
  heldOut('contradiction', 'Sort imports ascending.', 'Sort imports descending.'),
  heldOut('contradiction', 'Answer in English.', 'Answer in Chinese.'),
  heldOut('contradiction', 'Make the webhook handler synchronous.', 'Make the webhook handler asynchronous.'),
  heldOut('contradiction', 'The docs are hosted on GitHub Pages.', 'The docs are hosted on Netlify.'),
  heldOut('contradiction', 'Retry failed uploads 3 times.', 'Retry failed uploads 10 times.'),
  heldOut('contradiction', '用回滚日志打开数据库。', '用 WAL 打开数据库。'),
  heldOut('contradiction', '每周一发布。', '每周五发布。'),
  heldOut('different', 'Compress images before uploading.', 'Compress videos before uploading.'),
  heldOut('different', 'Use Redis for caching.', 'Use Redis for queues.'),
  heldOut('different', 'Never merge your own pull request.', 'Never close your own pull request.'),
  heldOut('different', 'Pin versions in package.json.', 'Pin versions in requirements.txt.'),
  heldOut('different', 'Cache responses for 5 minutes.', 'Wait 30 seconds before retrying.'),
  heldOut('different', '前端用 pnpm 构建。', '后端用 gradle 构建。'),
  heldOut('different', '接口错误返回中文提示。', '接口错误写入监控。'),
];
