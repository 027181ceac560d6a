import type { Told } from '../../src/main/memory/testing/told-memory.ts';

/** One piece of work that a memory knows of; prompts about it are positives. */
export interface Topic extends Omit<Told, 'session' | 'cwd'> {
  topic: string;
}

const failed = (command: string, error: string) => [{ command, error: `Exit code 1\n${error}` }, { command }];

/** What a shop's developers did with an agent over some weeks, in English and Chinese; written for this measurement. */
export const topics: readonly Topic[] = [
  {
    topic: 'lock',
    asked: 'The checkout test fails now and then with a locked database, find out why',
    answered:
      'Two writers collided because SQLite was opened in rollback-journal mode without a busy timeout. It now opens in WAL mode with busy_timeout 5000 and both checkout tests pass.',
    changed: ['src/db/open.ts'],
    ran: failed('node --test test/checkout.test.ts', 'SQLITE_BUSY: database is locked'),
  },
  {
    topic: 'limits',
    asked: 'Add rate limiting to the login endpoint',
    answered:
      'Login attempts go through a token bucket in Redis, ten per minute and address; above that the API answers 429 with Retry-After.',
    changed: ['src/auth/rate-limit.ts', 'src/auth/login.ts'],
    ran: [{ command: 'npm test -- rate-limit' }],
  },
  {
    topic: 'refresh',
    asked: 'Users get logged out when two tabs refresh their token at once',
    answered:
      'Refresh token rotation revoked the whole family when the second tab came. A grace window of ten seconds now accepts the previous refresh token once.',
    changed: ['src/auth/refresh-token.ts'],
    ran: failed('npm test -- refresh', 'expected 200, got 401'),
  },
  {
    topic: 'pdf',
    asked: 'Chinese characters are missing in the invoice PDF',
    answered:
      'The PDF renderer embedded Helvetica only. Invoices now embed a subset of Noto Sans SC, which adds 180 kB per file; glyphs that the font lacks fall back to a box.',
    changed: ['src/invoices/render-pdf.ts', 'assets/fonts/NotoSansSC.otf'],
  },
  {
    topic: 'mail',
    asked: 'Order confirmation mails are lost when the SMTP server is down',
    answered:
      'Mails are written to an outbox table and sent by a worker that retries with exponential backoff, at most eight times, then they are parked for a person.',
    changed: ['src/mail/outbox.ts', 'src/mail/worker.ts'],
    ran: failed('npm test -- outbox', 'connect ECONNREFUSED 127.0.0.1:2525'),
  },
  {
    topic: 'rounding',
    asked: 'The cart total is one cent off for some discounts',
    answered:
      'Prices were floats. The cart computes in integer cents now and rounds half to even once, at the end, after the discount is spread over the lines.',
    changed: ['src/cart/total.ts', 'src/cart/money.ts'],
    ran: failed('npm test -- cart', 'expected 1999 but was 1998.9999'),
  },
  {
    topic: 'exif',
    asked: 'Photos from phones are shown sideways after upload',
    answered:
      'The resize step dropped the EXIF orientation. The uploader rotates by it first, then strips all metadata, location included.',
    changed: ['src/uploads/resize-image.ts'],
  },
  {
    topic: 'flaky',
    asked: 'The Playwright test for the product gallery is flaky in CI',
    answered:
      'It clicked while the carousel was still sliding. The test waits for the animationend of the slide instead of a fixed pause, fifty runs were green.',
    changed: ['e2e/gallery.spec.ts'],
    ran: failed('npx playwright test gallery', 'Timeout 5000ms exceeded waiting for locator'),
  },
  {
    topic: 'docker',
    asked: 'Make the Docker image smaller',
    answered:
      'A multi-stage build on node:24-slim without dev dependencies brought the image from 1.4 GB down to 212 MB. Alpine was tried and dropped because sharp needs glibc.',
    changed: ['Dockerfile', '.dockerignore'],
    ran: [{ command: 'docker build -t shop .' }],
  },
  {
    topic: 'report',
    asked: 'The daily sales report counts orders of the wrong day',
    answered:
      'Days were cut in UTC while the shop is in Asia/Shanghai. The report groups by the local calendar day of the shop; orders between 0 and 8 o’clock moved to the right day.',
    changed: ['src/reports/daily-sales.ts'],
    ran: failed('npm test -- daily-sales', 'expected 2026-03-02, got 2026-03-01'),
  },
  {
    topic: 'webhook',
    asked: 'Stripe webhooks are refused with an invalid signature',
    answered:
      'The JSON parser ran before the signature was checked. The webhook route reads the raw body and verifies the HMAC over it, then parses.',
    changed: ['src/payments/stripe-webhook.ts'],
    ran: failed('npm test -- webhook', 'No signatures found matching the expected signature for payload'),
  },
  {
    topic: 'csv',
    asked: 'Exporting all customers as CSV crashes the server',
    answered:
      'The export built one string of 900 MB. It streams rows through a cursor now and memory stays below 80 MB.',
    changed: ['src/customers/export-csv.ts'],
    ran: failed(
      'node scripts/export.ts',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ),
  },
  {
    topic: 'paging',
    asked: 'The order list shows some orders twice when you page',
    answered: 'Offset paging shifted while new orders came in. The list uses a keyset cursor of created_at and id.',
    changed: ['src/orders/list-orders.ts'],
  },
  {
    topic: 'nplusone',
    asked: 'The admin page of orders takes eight seconds',
    answered:
      'Each order loaded its lines by a query of its own, 400 queries a page. One join with json_agg brings all of it; the page takes 120 ms.',
    changed: ['src/admin/orders-page.ts'],
  },
  {
    topic: 'shutdown',
    asked: 'Requests are cut off whenever we deploy',
    answered:
      'On SIGTERM the server stops accepting, finishes open requests for up to 20 seconds, then closes the pool. Kubernetes gets a preStop pause so that the endpoint is removed first.',
    changed: ['src/server.ts', 'deploy/shop.yaml'],
  },
  {
    topic: 'cors',
    asked: 'The partner site cannot call our API from the browser',
    answered:
      'Preflight requests hit the authentication middleware and got 401. CORS runs before it now, with an allow-list of partner origins and no credentials.',
    changed: ['src/http/cors.ts'],
  },
  {
    topic: 'plural',
    asked: 'Polish translations show the wrong plural form',
    answered:
      'The message catalogue had only one and other. Polish needs few and many as well, so messages go through Intl.PluralRules.',
    changed: ['src/i18n/plural.ts', 'locales/pl.json'],
  },
  {
    topic: 'vat',
    asked: 'Reverse-charge VAT for business customers within the EU',
    answered:
      'A valid VAT number, checked against VIES and cached for a day, sets the tax to zero and prints the reverse-charge note on the invoice.',
    changed: ['src/tax/vat.ts', 'src/tax/vies-client.ts'],
  },
  {
    topic: 'leak',
    asked: 'The worker process grows until it is killed',
    answered:
      'Every job added a listener to the shared Redis client and none removed it. The heap snapshot showed 40,000 closures; the listener is taken off when the job settles.',
    changed: ['src/jobs/run-job.ts'],
    ran: [{ command: 'node --heapsnapshot-signal=SIGUSR2 dist/worker.js' }],
  },
  {
    topic: 'wechat',
    asked: '微信支付的回调会重复到账，订单被处理了两次',
    answered:
      '支付回调按 transaction_id 做幂等：先在 payment_events 表插入唯一键，插入失败就直接返回成功，不再重复记账。',
    changed: ['src/payments/wechat-callback.ts'],
    ran: failed('npm test -- wechat', 'AssertionError: 订单余额应为 100，实际为 200'),
  },
  {
    topic: 'sms',
    asked: '短信验证码接口被刷，给它加限制',
    answered: '同一手机号六十秒内只能发送一次，每天最多十次；超过之后要求图形验证码。计数存在 Redis 里。',
    changed: ['src/auth/sms-code.ts'],
  },
  {
    topic: 'stock',
    asked: '秒杀活动的时候库存扣成了负数',
    answered: '扣减库存改成一条带条件的更新语句，库存不足时影响行数为零就返回已售罄，不再先查询再扣减，超卖消失了。',
    changed: ['src/stock/reserve.ts'],
    ran: failed('npm run test:load', '库存为 -37，期望不小于 0'),
  },
  {
    topic: 'garbled',
    asked: '导出的报表用 Excel 打开是乱码',
    answered: 'CSV 文件开头加上 UTF-8 的 BOM，Excel 就能正确识别中文编码了。',
    changed: ['src/reports/export-report.ts'],
  },
  {
    topic: 'cron',
    asked: '定时任务在两台机器上重复执行',
    answered: '用数据库的咨询锁保证同一时刻只有一个实例在跑定时任务，拿不到锁的实例直接跳过本轮。',
    changed: ['src/jobs/scheduler.ts'],
  },
  {
    topic: 'lazy',
    asked: '商品列表首屏加载太慢',
    answered: '图片改为懒加载并输出 WebP，首屏只渲染前十二个商品，LCP 从 4.1 秒降到 1.3 秒。',
    changed: ['web/product-list.tsx'],
  },
  {
    topic: 'samesite',
    asked: '从第三方页面跳回来以后登录态丢失',
    answered: '会话 cookie 的 SameSite 是 Strict，跨站跳转时浏览器不发送。改为 Lax，并且把支付返回页单独处理。',
    changed: ['src/auth/session-cookie.ts'],
  },
  {
    topic: 'migration',
    asked: '给订单表加一列，线上不能停机',
    answered: '迁移分三步：先加可空列，再分批回填，每批五千行，最后加非空约束。回滚脚本也写好了。',
    changed: ['migrations/0042-order-channel.sql'],
    ran: failed('npm run migrate', 'ERROR: canceling statement due to lock timeout'),
  },
  {
    topic: 'pinyin',
    asked: '搜索商品时希望能用拼音首字母',
    answered: '建索引时为商品名生成全拼和首字母两个字段，查询时一起匹配，多音字保留所有读音。',
    changed: ['src/search/pinyin.ts'],
  },
  {
    topic: 'coupon',
    asked: '优惠券和满减不能同时使用，但是现在可以叠加',
    answered: '促销规则按互斥组计算：同组只取优惠最大的一个，优惠券与满减归入同一组。',
    changed: ['src/promotions/apply.ts'],
    ran: failed('npm test -- promotions', '应付金额 80，实际 70'),
  },
  {
    topic: 'masking',
    asked: '日志里出现了用户的身份证号和手机号',
    answered: '日志输出前统一脱敏：手机号保留前三后四，身份证号只留后四位，银行卡号全部替换。',
    changed: ['src/log/mask.ts'],
  },
  {
    topic: 'miniapp',
    asked: '小程序主包超过两兆，无法上传',
    answered: '把会员中心和活动页拆成分包，公共组件留在主包，主包降到 1.4 MB；首页预加载会员分包。',
    changed: ['miniapp/app.json'],
  },
  {
    topic: 'address',
    asked: '收货地址粘贴之后要能自动识别省市区和电话',
    answered: '用行政区划表做最长匹配识别省市区，电话用正则提取，剩下的作为详细地址；识别率在样本上为百分之九十六。',
    changed: ['src/address/parse.ts'],
  },
];
