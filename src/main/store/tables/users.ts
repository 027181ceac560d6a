import type { Role } from '../../../shared/access-views.ts';
import type { WritableDb } from '../database.ts';

/** What the doors have to know of a user at each request. */
export interface UserRecord {
  id: string;
  email: string;
  name: string;
  isDisabled: boolean;
  /** The oldest first. */
  memberships: { organizationId: string; role: Role }[];
  failureCount: number;
  /** Milliseconds since 1970. */
  lockedUntil: number | null;
}

export interface UserFields {
  email?: string | undefined;
  name?: string | undefined;
  passwordHash?: string | undefined;
  disabled?: boolean | undefined;
}

interface UserRow {
  pk: number;
  id: string;
  email: string;
  name: string;
  disabled_at: number | null;
  failure_count: number;
  locked_until: number | null;
}

/** Users, and what they are in which organisation. */
export function createUserWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(
    `INSERT INTO users (id, email, name, password_hash, created_at, updated_at)
     VALUES (@id, @email, @name, @passwordHash, @at, @at)`,
  );
  const update = db.prepare<[object]>(
    `UPDATE users SET email = coalesce(@email, email), name = coalesce(@name, name),
       password_hash = coalesce(@passwordHash, password_hash), updated_at = @at,
       disabled_at = CASE @disabled WHEN 1 THEN coalesce(disabled_at, @at) WHEN 0 THEN NULL ELSE disabled_at END,
       failure_count = iif(@passwordHash IS NULL, failure_count, 0),
       locked_until = iif(@passwordHash IS NULL, locked_until, NULL)
     WHERE id = @id`,
  );
  const byId = db.prepare<[string], UserRow>('SELECT * FROM users WHERE id = ?');
  const byEmail = db.prepare<[string], string>('SELECT id FROM users WHERE email = ?').pluck();
  const all = db.prepare<[], UserRow>('SELECT * FROM users ORDER BY pk');
  const remove = db.prepare<[string]>('DELETE FROM users WHERE id = ?');
  const loggedIn = db.prepare<[number, string]>(
    'UPDATE users SET failure_count = 0, locked_until = NULL, last_login_at = ? WHERE id = ?',
  );
  const failed = db.prepare<[number, number | null, string]>(
    'UPDATE users SET failure_count = ?, locked_until = ? WHERE id = ?',
  );
  const memberships = db.prepare<[number], { organizationId: string; role: Role }>(
    'SELECT organization_id AS organizationId, role FROM members WHERE user_pk = ? ORDER BY since, organization_id',
  );
  const join = db.prepare<[object]>(
    `INSERT INTO members (organization_id, user_pk, role, since)
     VALUES (@organizationId, (SELECT pk FROM users WHERE id = @userId), @role, @at)
     ON CONFLICT (organization_id, user_pk) DO UPDATE SET role = excluded.role`,
  );
  const leave = db.prepare<[string, string]>(
    'DELETE FROM members WHERE organization_id = ? AND user_pk = (SELECT pk FROM users WHERE id = ?)',
  );
  const idsIn = db
    .prepare<[string], string>(
      'SELECT u.id FROM members m JOIN users u ON u.pk = m.user_pk WHERE m.organization_id = ?',
    )
    .pluck();
  const otherAdmins = db
    .prepare<[string, string], number>(
      `SELECT COUNT(*) FROM members m JOIN users u ON u.pk = m.user_pk
       WHERE m.organization_id = ? AND m.role = 'admin' AND u.disabled_at IS NULL AND u.id <> ?`,
    )
    .pluck();

  const toRecord = (row: UserRow): UserRecord => ({
    id: row.id,
    email: row.email,
    name: row.name,
    isDisabled: row.disabled_at !== null,
    memberships: memberships.all(row.pk),
    failureCount: row.failure_count,
    lockedUntil: row.locked_until,
  });

  return {
    get(id: string): UserRecord | null {
      const row = byId.get(id);
      return row ? toRecord(row) : null;
    },
    all: (): UserRecord[] => all.all().map(toRecord),
    /** Letters without their case. */
    idOfEmail: (email: string): string | null => byEmail.get(email) ?? null,
    insert: (user: { id: string; email: string; name: string; passwordHash: string }, at: number) =>
      void insert.run({ ...user, at }),
    /** A new password also ends a lock. */
    update({ disabled, ...fields }: UserFields & { id: string }, at: number): void {
      const flag = disabled === undefined ? null : Number(disabled);
      update.run({ email: null, name: null, passwordHash: null, ...withoutUndefined(fields), disabled: flag, at });
    },
    remove: (id: string) => void remove.run(id),
    loggedIn: (id: string, at: number) => void loggedIn.run(at, id),
    failed: (id: string, count: number, lockedUntil: number | null) => void failed.run(count, lockedUntil, id),
    setRole: (organizationId: string, userId: string, role: Role, at: number) =>
      void join.run({ organizationId, userId, role, at }),
    leave: (organizationId: string, userId: string): boolean => leave.run(organizationId, userId).changes > 0,
    idsIn: (organizationId: string): string[] => idsIn.all(organizationId),
    /** Who may still log in as an admin there when this one does not. */
    otherAdmins: (organizationId: string, userId: string): number => otherAdmins.get(organizationId, userId) ?? 0,
  };
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
