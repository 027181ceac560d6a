import type { MemberView, Role, UserView } from '../../../shared/access-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, likePattern, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface UserQuery {
  /** Whose memberships are shown, and nobody who has none there; null: all. */
  organizationId: string | null;
  text?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface UserRow {
  pk: number;
  id: string;
  email: string;
  name: string;
  locked_until: number | null;
  disabled_at: number | null;
  last_login_at: number | null;
  created_at: number;
  updated_at: number;
}

interface MemberRow {
  user_pk: number;
  id: string;
  name: string;
  email: string;
  role: Role;
  since: number;
}

const isSeen = `(@organizationId IS NULL OR EXISTS (
  SELECT 1 FROM members m WHERE m.user_pk = u.pk AND m.organization_id = @organizationId))`;
const isWanted = `${isSeen} AND (@text IS NULL OR u.name LIKE @text ESCAPE '\\' OR u.email LIKE @text ESCAPE '\\')`;

export function createUserReader(db: ReadableDb) {
  const one = db.prepare<[object], UserRow>(`SELECT * FROM users u WHERE u.id = @id AND ${isSeen}`);
  const page = db.prepare<[object], UserRow>(
    `SELECT * FROM users u WHERE ${isWanted} AND u.pk < @pk ORDER BY u.pk DESC LIMIT @limit`,
  );
  const count = db.prepare<[object], { total: number; before: number }>(
    `SELECT COUNT(*) AS total, COALESCE(SUM(u.pk >= @pk), 0) AS before FROM users u WHERE ${isWanted}`,
  );
  const memberships = db.prepare<[object], { id: string; name: string; role: Role }>(
    `SELECT o.id, o.name, m.role FROM members m JOIN organizations o ON o.id = m.organization_id
     WHERE m.user_pk = @pk AND (@organizationId IS NULL OR o.id = @organizationId) ORDER BY m.since, o.id`,
  );
  const login = db.prepare<[string], { id: string; passwordHash: string }>(
    'SELECT id, password_hash AS passwordHash FROM users WHERE email = ?',
  );
  const hash = db.prepare<[string], string>('SELECT password_hash FROM users WHERE id = ?').pluck();
  const memberColumns = 'm.user_pk, u.id, u.name, u.email, m.role, m.since';
  const memberSource = 'FROM members m JOIN users u ON u.pk = m.user_pk WHERE m.organization_id = @organizationId';
  const member = db.prepare<[object], MemberRow>(`SELECT ${memberColumns} ${memberSource} AND u.id = @userId`);
  const members = db.prepare<[object], MemberRow>(
    `SELECT ${memberColumns} ${memberSource} AND m.user_pk > @pk ORDER BY m.user_pk LIMIT @limit`,
  );
  const memberCount = db.prepare<[object], { total: number; before: number }>(
    `SELECT COUNT(*) AS total, COALESCE(SUM(m.user_pk <= @pk), 0) AS before ${memberSource}`,
  );

  const toView =
    (organizationId: string | null) =>
    (row: UserRow): UserView => {
      const isLocked = row.locked_until !== null && row.locked_until > Date.now();
      return {
        id: row.id,
        email: row.email,
        name: row.name,
        state: row.disabled_at !== null ? 'disabled' : isLocked ? 'locked' : 'active',
        locked_until: isLocked ? isoTimeOrNull(row.locked_until) : null,
        memberships: memberships
          .all({ pk: row.pk, organizationId })
          .map(({ role, ...organization }) => ({ organization, role })),
        last_login_at: isoTimeOrNull(row.last_login_at),
        created_at: isoTime(row.created_at),
        updated_at: isoTime(row.updated_at),
      };
    };

  return {
    get({ id, organizationId }: { id: string; organizationId: string | null }): UserView | null {
      const row = one.get({ id, organizationId });
      return row ? toView(organizationId)(row) : null;
    },
    /** The newest first. Throws `CursorError`. */
    list({ organizationId, text, cursor, limit }: UserQuery): Page<UserView> {
      const cursors = cursorsOf('users', { organizationId, text });
      const [pk = Number.MAX_SAFE_INTEGER] = cursors.read(cursor, 1) ?? [];
      const wanted = { organizationId, text: text ? likePattern(text) : null, pk, limit: limit + 1 };
      const counted = count.get(wanted) ?? { total: 0, before: 0 };
      return toPage(page.all(wanted), { ...counted, limit }, toView(organizationId), (row) => cursors.at([row.pk]));
    },
    /** What a login is checked against; letters of the address without their case. */
    loginOf: (email: string): { id: string; passwordHash: string } | null => login.get(email) ?? null,
    passwordHash: (id: string): string | null => hash.get(id) ?? null,
    member(place: { organizationId: string; userId: string }): MemberView | null {
      const row = member.get(place);
      return row ? toMember(row) : null;
    },
    /** In the order in which they came to this memory. Throws `CursorError`. */
    members({
      organizationId,
      cursor,
      limit,
    }: {
      organizationId: string;
      cursor?: string | undefined;
      limit: number;
    }): Page<MemberView> {
      const cursors = cursorsOf('members', { organizationId });
      const [pk = 0] = cursors.read(cursor, 1) ?? [];
      const wanted = { organizationId, pk, limit: limit + 1 };
      const counted = memberCount.get(wanted) ?? { total: 0, before: 0 };
      return toPage(members.all(wanted), { ...counted, limit }, toMember, (row) => cursors.at([row.user_pk]));
    },
  };
}

function toMember({ id, name, email, role, since }: MemberRow): MemberView {
  return { user: { id, name, email }, role, since: isoTime(since) };
}
