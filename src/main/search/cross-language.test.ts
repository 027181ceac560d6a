import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryVector } from '../embed/query-vector.ts';
import { createTestMemory } from './test-memory.ts';

/** The same thing in both languages, as agents and people put it. */
const pairs: [english: string, chinese: string][] = [
  ['The database is locked because two processes write at the same time', '两个进程同时写入导致数据库被锁定'],
  ['Users cannot log in after the password was reset', '用户重置密码之后无法登录'],
  ['Fixed a memory leak in the image cache', '修复了图片缓存的内存泄漏'],
  ['Unit tests fail randomly on the build server', '单元测试在构建服务器上随机失败'],
  ['Added pagination to the list of orders', '给订单列表添加了分页功能'],
  ['The deployment script does not restart the service', '部署脚本没有重启服务'],
  ['Encrypt the configuration file before uploading it', '上传之前先加密配置文件'],
  ['The search index must be rebuilt after the migration', '迁移之后必须重建搜索索引'],
  ['Network requests time out when the proxy is slow', '代理很慢的时候网络请求会超时'],
  ['Translate the error messages of the settings page', '翻译设置页面的错误提示'],
  ['The scheduled backup deletes old snapshots too early', '定时备份过早删除了旧的快照'],
  ['Upgrade the compiler and fix the type errors', '升级编译器并修复类型错误'],
];

const subjects = 'toolbar invoice sensor avatar playlist recipe glacier violin harbour orchard satellite lantern'.split(
  ' ',
);
const verbs = 'painted measured arranged collected compared described imported polished renamed sorted'.split(' ');
const chineseSubjects = '天气 音乐 厨房 地图 花园 相册 日历 机器人 图书馆 火车 咖啡 足球'.split(' ');
const chineseVerbs = '整理 测量 介绍 购买 比较 收集 打印 更换 清洁 安排'.split(' ');

let memory: ReturnType<typeof createTestMemory>;
let vector: QueryVector;
const placeOf = new Map<string, string>();

beforeAll(() => {
  memory = createTestMemory();
  const noise = Array.from({ length: 150 }, (_value, index) => [
    `${verbs[index % 10]} the ${subjects[index % 12]} number ${index}`,
    `${chineseVerbs[index % 10]}了第${index}个${chineseSubjects[index % 12]}`,
  ]).flat();
  const sentences = [...noise.slice(0, 150), ...pairs.flat(), ...noise.slice(150)];
  for (const [index, sentence] of sentences.entries()) placeOf.set(sentence, `o${index + 1}`);
  memory.writeAll(sentences.map((title, index) => ({ title, type: 'note', session: 1 + (index % 90) })));
  vector = memory.embedAll();
});
afterAll(() => {
  memory.close();
});

// Words alone find the sentence that was asked with and never the other: it would be the first of these to be lost.
describe('across languages', () => {
  it.each(pairs)('%s', (english, chinese) => {
    const find = (text: string) =>
      memory.ids(text, { mode: 'mixed', vector, limit: 4 }).filter((id) => id !== placeOf.get(text));
    expect(find(chinese).slice(0, 3)).toContain(placeOf.get(english));
    expect(find(english).slice(0, 3)).toContain(placeOf.get(chinese));
  });
});
