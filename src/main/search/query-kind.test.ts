import { expect, it } from 'vitest';
import type { QueryKind } from './query-kind.ts';
import { queryKind } from './query-kind.ts';

// Each kind weighs the vectors differently: an identifier taken for a sentence is drowned by what sounds like it.
it.each<[QueryKind, string]>([
  ['identifier', 'src/main/search'],
  ['identifier', 'where is createSearcher called'],
  ['identifier', 'SQLITE_BUSY'],
  ['identifier', 'TypeError: cannot read properties of undefined'],
  ['identifier', 'ECONNREFUSED on start'],
  ['identifier', 'db.py'],
  ['identifier', 'std::vector'],
  ['identifier', 'Fix CUDA 12.4'],
  ['identifier', '为什么 user_id 是空的'],
  ['question', 'how to read a file'],
  ['question', 'Is the cache shared?'],
  ['question', '如何修复内存泄漏'],
  ['question', '登录为什么失败'],
  ['short', 'memory leak'],
  ['short', '数据库死锁'],
  ['short', ''],
  ['short', '***'],
  ['long', 'Add pagination to the list of orders'],
  ['long', '给订单列表添加分页功能并且测试'],
])('%s: %s', (kind, text) => {
  expect(queryKind(text)).toBe(kind);
});
