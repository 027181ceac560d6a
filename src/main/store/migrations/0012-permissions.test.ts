import { expect, test } from 'vitest';
import Database from 'better-sqlite3';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createPermissionRequestWriter } from '../tables/permission-requests.ts';
import { createPermissionRequestReader } from '../tables/permission-request-reader.ts';
import { createPermissionRuleReader, createPermissionRuleWriter } from '../tables/permission-rules.ts';

const at = Date.parse('2026-11-21T10:00:00Z');

// Catches: rows that outlive the session or project that they speak of, states that nobody knows, a page that skips a row.
test('requests go with their session, rules with their project, and pages miss none', () => {
  const store = temporaryStore();
  try {
    const { writable: db, readable } = store;
    db.exec(`
      INSERT INTO projects (pk, id, name, root, created_at, last_event_at) VALUES (1, 'p1', 'shop', '/shop', 1, 1), (2, 'p2', 'blog', '/blog', 1, 1);
      INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
        VALUES (1, 's1', 1, 'claude-code', '/shop', 'active', 1, 1), (2, 's2', 2, 'claude-code', '/blog', 'active', 1, 1);
      INSERT INTO agents (session_pk, id, type, started_at) VALUES (1, 'a1', 'Explore', 1);`);
    const requests = createPermissionRequestWriter(db);
    const ids = ['r1', 'r2', 'r3', 'r4', 'r5'];
    for (const [index, id] of ids.entries()) {
      requests.insert({
        id,
        sessionPk: index === 4 ? 2 : 1,
        agentId: index === 0 ? 'a1' : null,
        cwd: '/shop',
        tool: 'Bash',
        summary: `make ${index}`,
        input: '{"command":"make"}',
        allowable: index !== 1,
        pattern: null,
        permissionMode: 'default',
        at: at + index,
        expiresAt: at + 60_000,
      });
    }
    const first = requests.find('r1');
    requests.decide(first?.pk ?? 0, { state: 'denied', decidedBy: 'person', ruleId: null, message: 'No', at: at + 9 });
    expect(() => db.exec("UPDATE permission_requests SET state = 'maybe'")).toThrow(Database.SqliteError);

    const reader = createPermissionRequestReader(readable);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = reader.list({ limit: 2, cursor });
      expect(page.pagination.total).toBe(5);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids.toReversed());
    expect(reader.list({ states: ['pending'], project_id: 'p1', limit: 9 }).data.map(({ id }) => id)).toEqual([
      'r4',
      'r3',
      'r2',
    ]);
    expect(reader.get('r1')).toMatchObject({
      state: 'denied',
      agent_type: 'Explore',
      message: 'No',
      input: { command: 'make' },
    });
    expect(reader.get('r2')).toMatchObject({ allowable: false, decided_by: null, decided_at: null });

    const rules = createPermissionRuleWriter(db);
    const rule = { effect: 'allow', tool: 'Bash', pattern: 'make', message: null, enabled: true } as const;
    rules.insert('w1', { ...rule, projectPk: 2 }, at);
    rules.insert('w2', { ...rule, projectPk: null }, at);
    rules.used('w2', at);
    expect(rules.holding(1).map(({ id }) => id)).toEqual(['w2']);
    expect(rules.findSame({ ...rule, projectPk: 2 })?.id).toBe('w1');

    db.exec('DELETE FROM sessions WHERE pk = 2; DELETE FROM projects WHERE pk = 2');
    expect(reader.get('r5')).toBeNull();
    expect(createPermissionRuleReader(readable).list(undefined)).toMatchObject([
      { id: 'w2', use_count: 1, project: null },
    ]);
  } finally {
    store.close();
  }
});
