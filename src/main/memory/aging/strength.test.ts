import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../search/vectors/test-vectors.ts';
import { likeness, likenessKeys, likenessThreshold } from './name-likeness.ts';
import { planMerges, type AlikePair } from './plan-merges.ts';
import { defaultPolicy, faultInPolicy, readPolicy } from './policy.ts';
import { agingTime, strengthOf, type Aged } from './strength.ts';

const dayMs = 86_400_000;

describe('strengthOf', () => {
  // Catches: a formula by which something grows stronger while it lies about, or weaker for being used or important.
  it('falls with time and rises with everything else', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 500; round++) {
      const now = 1e12 + random() * 1e12;
      const madeAt = now - random() * 2_000 * dayMs;
      const uses = Math.floor(random() * 20);
      const thing: Aged = {
        importance: random(),
        madeAt,
        uses,
        lastUsedAt: uses === 0 ? null : madeAt + random() * (now - madeAt),
        halfLifeDays: 1 + random() * 500,
        pinned: false,
      };
      const strength = strengthOf(thing, now);
      expect(strength).toBeGreaterThanOrEqual(0);
      expect(strength).toBeLessThanOrEqual(thing.importance);
      expect(strengthOf(thing, now + random() * 100 * dayMs)).toBeLessThanOrEqual(strength);
      expect(strengthOf({ ...thing, uses: uses + 1, lastUsedAt: now }, now)).toBeGreaterThanOrEqual(strength);
      expect(strengthOf({ ...thing, importance: Math.min(1, thing.importance + 0.1) }, now)).toBeGreaterThanOrEqual(
        strength,
      );
      expect(strengthOf({ ...thing, halfLifeDays: thing.halfLifeDays * 2 }, now)).toBeGreaterThanOrEqual(strength);
      expect(strengthOf({ ...thing, pinned: true }, now)).toBe(1);
    }
  });

  it('halves with the half-life, and stays whole for what comes from the future', () => {
    const thing: Aged = { importance: 0.8, madeAt: 0, uses: 0, lastUsedAt: null, halfLifeDays: 10, pinned: false };
    expect(strengthOf(thing, 10 * dayMs)).toBeCloseTo(0.4, 9);
    expect(strengthOf({ ...thing, madeAt: 20 * dayMs }, 10 * dayMs)).toBe(0.8);
    expect(strengthOf({ ...thing, importance: 7 }, 0)).toBe(1);
    expect(agingTime(5 * dayMs + 1)).toBe(5 * dayMs);
  });
});

describe('policy', () => {
  // Catches: a damaged configuration that deletes.
  it.each([null, 1, 'x', {}, { delete_observations_below: 1 }, { ...defaultPolicy, delete_observations_below: '1' }])(
    'reads %j as the default',
    (value) => expect(readPolicy(value)).toEqual(defaultPolicy),
  );

  it('fills up the half-lives that were not chosen', () => {
    const policy = readPolicy({ ...defaultPolicy, half_life_days: { change: 7 } });
    expect([policy.half_life_days['change'], policy.half_life_days['note']]).toEqual([7, 30]);
    expect(faultInPolicy({ ...defaultPolicy, half_life_days: { constructor: 7 } })).toContain('constructor');
  });
});

describe('likeness', () => {
  const pair = (kind: 'error' | 'concept' | 'file', one: string, other: string) => {
    const keys = new Set(likenessKeys(kind, one));
    return likenessKeys(kind, other).some((key) => keys.has(key)) ? likeness(kind, one, other) : 0;
  };
  // Catches: variants of one error left alone.
  it.each([
    ['concept', 'busy_timeout', 'busyTimeout'],
    ['concept', 'SQLITE_BUSY', 'sqlite-busy'],
    ['file', 'src/lock.ts', 'test/lock.test.ts'],
    ['file', 'app/models/user.py', 'tests/test_user.py'],
    [
      'error',
      "TypeError: Cannot read properties of undefined (reading 'id')",
      "TypeError: Cannot read properties of undefined (reading 'name')",
    ],
    ['error', '错误：连接 <n>:<n> 超时 <n>', '错误：连接 <n> 超时'],
  ] as const)('%s: %s ~ %s', (kind, one, other) =>
    expect(pair(kind, one, other)).toBeGreaterThanOrEqual(likenessThreshold),
  );

  // Catches: things tied because they are of the same kind.
  it.each([
    ['concept', 'timeout', 'Timeout'],
    ['concept', 'busy_timeout', 'busy_handler'],
    ['file', 'src/index.ts', 'lib/index.ts'],
    ['file', 'src/lock.ts', 'src/unlock.ts'],
    ['error', 'error TS2345: Argument of type is not assignable', 'error TS2322: Argument of type is not assignable'],
    ['error', 'ENOENT: no such file or directory', 'EACCES: no such file or directory'],
    ['error', 'SQLITE_BUSY: database is locked', 'SQLITE_CORRUPT: database is malformed'],
    ['error', 'cat: <path>: No such file or directory', 'rm: cannot remove <path>: Permission denied'],
  ] as const)('%s: %s is not %s', (kind, one, other) => expect(pair(kind, one, other)).toBeLessThan(likenessThreshold));
});

describe('planMerges', () => {
  const learning = (pk: number, state = 'proposed', pinned = 0) => ({
    pk,
    id: `l${pk}`,
    statement: `statement ${pk}`,
    state,
    confidence: 0.5,
    pinned,
    uses: 0,
    lastUsedAt: null,
    createdAt: pk,
    updatedAt: pk,
  });
  const pair = (a: number, b: number, similarity: number, kind: AlikePair['kind'] = 'duplicate'): AlikePair => ({
    kind,
    a,
    b,
    similarity,
  });
  const rows = [learning(1), learning(2, 'approved'), learning(3), learning(4, 'proposed', 1), learning(5, 'approved')];

  // Catches: an approved one that goes into a proposal, one that is merged twice, contradictions merged as duplicates.
  it('keeps the better one, touches none twice, and leaves the rest to a person', () => {
    const pairs = [
      pair(1, 2, 0.99),
      pair(1, 3, 0.98),
      pair(4, 5, 0.97),
      pair(3, 5, 0.96, 'contradiction'),
      pair(3, 5, 0.7),
    ];
    const { merges, proposed } = planMerges(pairs, rows, 0.9);
    expect(merges.map(({ into, part }) => [into, part])).toEqual([['l2', 'l1']]);
    // The pinned one, and the one that is not alike enough.
    expect(proposed).toBe(2);
    expect(planMerges(pairs, rows, null)).toMatchObject({ merges: [], proposed: 4 });
  });
});
