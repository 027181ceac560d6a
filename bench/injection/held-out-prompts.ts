import type { Positive } from './prompts.ts';

/** Written after the constants were fixed, and never used to change them. */
export const heldOutPositives: readonly Positive[] = [
  { topic: 'mail', text: 'where are order mails parked after eight failed attempts?' },
  { topic: 'exif', text: 'does resize-image.ts still respect the orientation of the photo?' },
  { topic: 'docker', text: 'sharp does not start in the container, was that the glibc thing with alpine?' },
  { topic: 'report', text: 'which time zone does the sales report use to cut days?' },
  { topic: 'paging', text: 'the order list should page by a keyset cursor, like we decided' },
  { topic: 'cors', text: 'preflight requests from partner sites get 401 again' },
  { topic: 'vat', text: 'customers with a valid VAT number are charged tax, the reverse charge is broken' },
  { topic: 'refresh', text: 'token refresh in a second tab revokes the whole family' },
  { topic: 'shutdown', text: 'how many seconds do open requests get after SIGTERM?' },
  { topic: 'plural', text: 'Polish plurals are wrong again for the word items' },
  { topic: 'sms', text: '同一个手机号多久能再发一次短信验证码' },
  { topic: 'stock', text: '库存扣减为什么不先查询再更新' },
  { topic: 'cron', text: '拿不到咨询锁的实例会怎么处理定时任务' },
  { topic: 'lazy', text: '商品列表的图片格式是 WebP 吗，首屏还是有点慢' },
  { topic: 'pinyin', text: '多音字的拼音搜索结果不对' },
  { topic: 'coupon', text: '满减和优惠券又能叠加使用了' },
  { topic: 'masking', text: '银行卡号在日志里是怎么脱敏的' },
  { topic: 'address', text: '省市区识别错了，行政区划表是不是旧的' },
  { topic: 'garbled', text: '报表导出之后 Excel 里中文显示乱码怎么办' },
  { topic: 'miniapp', text: '小程序的活动页在哪个分包里' },
];

export const heldOutNegatives: readonly { kind: string; text: string }[] = [
  ...['sounds good, next', 'no thanks', 'yes please do that', '嗯，继续吧', '好的好的', '先这样'].map((text) => ({
    kind: 'small talk',
    text,
  })),
  ...[
    'can you make this faster?',
    'split this component into smaller ones',
    'the types do not compile, please fix them',
    'what would you improve here?',
    'delete the unused imports',
    '这里为什么要这样写？',
    '把注释翻译成英文',
    '检查一下有没有类型错误',
  ].map((text) => ({ kind: 'general', text })),
  ...[
    'simulate a double pendulum in Julia',
    'write a Dockerless build with Nix flakes for the compiler',
    'which tyre pressure do I need for a gravel bike?',
    'explain the Raft leader election with a diagram',
    'generate a QR code as SVG in pure Python',
    'decompile this Java class file',
    '用 Swift 写一个天气小组件',
    '推荐几本关于编译原理的书',
    '用递归下降写一个计算器的语法分析器',
    '怎样给树莓派接一个温度传感器',
  ].map((text) => ({ kind: 'unseen', text })),
  ...[
    'FAILED tests/test_model.py::test_forward - AssertionError: shapes (3, 4) and (5,) not aligned\n1 failed, 12 passed in 3.21s',
    'panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\nmain.parse(0xc000012080)',
    'CMake Error at CMakeLists.txt:14 (find_package):\n  Could not find a package configuration file provided by "Qt6"',
    "Gradle 构建失败：Execution failed for task ':app:mergeDebugResources'",
  ].map((text) => ({ kind: 'pasted', text })),
];
