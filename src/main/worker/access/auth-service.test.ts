import { TRPCError } from '@trpc/server';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TokenPair } from '../../../shared/access-views.ts';
import { type AccessDesk, accessDesk, goodPassword } from './testing/access-desk.ts';

const place = { address: '127.0.0.1', requestId: 'r' };

let desk: AccessDesk;
let organizationId: string;
beforeAll(async () => {
  desk = accessDesk();
  organizationId = await desk.organization('ours');
  await desk.person(organizationId, 'admin');
});
afterAll(() => desk.close());
afterEach(() => void vi.useRealTimers());

const callerOf = ({ access_token }: TokenPair) => desk.access.authenticate(access_token);
const refresh = (token: string, organization?: string) =>
  desk.services.auth.refresh({ refresh_token: token, organization_id: organization }, place);

test('a login says who one is, and what one may', async () => {
  const { email, id } = await desk.person(organizationId, 'user', 'Ada');
  const pair = await desk.login(email.toUpperCase());
  expect(pair).toMatchObject({
    token_type: 'Bearer',
    expires_in: 900,
    user: { id, name: 'Ada', email },
    organization: { id: organizationId, name: 'ours' },
    role: 'user',
  });
  const caller = await callerOf(pair);
  expect(caller).toMatchObject({ kind: 'user', id, organizationId, role: 'user' });
  expect(caller?.scopes).toEqual(new Set(['read', 'write', 'spend', 'execute', 'capture']));
  expect(await desk.services.auth.me(caller ?? desk.owner)).toMatchObject({ kind: 'user', email, role: 'user' });
  const stored = desk.store.readable.prepare('SELECT * FROM users').all();
  const text = JSON.stringify([
    stored,
    desk.store.readable.prepare('SELECT hex(token_hash) FROM refresh_tokens').all(),
  ]);
  expect(text).not.toContain(goodPassword);
  expect(text).not.toContain(pair.refresh_token);
  expect(text).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

// Catches: a refresh token that somebody copied and that goes on working beside the real one.
test('a refresh token is good once; shown again it ends the whole login', async () => {
  const { email } = await desk.person(organizationId, 'user');
  const first = await desk.login(email);
  const other = await desk.login(email);
  const second = await refresh(first.refresh_token);
  const third = await refresh(second.refresh_token);
  expect(await callerOf(third)).not.toBeNull();
  await expect(refresh(first.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(refresh(third.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await callerOf(third), 'access tokens of it end too').toBeNull();
  expect(await callerOf(first)).toBeNull();
  expect(await desk.restarted().authenticate(third.access_token), 'and stay so').toBeNull();
  expect(await callerOf(other), 'another login is not concerned').not.toBeNull();
  expect((await refresh(other.refresh_token)).access_token).toBeTruthy();
  await expect(refresh('cmr_unknown')).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('two that show the same refresh token at once do not both get one', async () => {
  const { email } = await desk.person(organizationId, 'user');
  const { refresh_token } = await desk.login(email);
  const outcomes = await Promise.allSettled([refresh(refresh_token), refresh(refresh_token), refresh(refresh_token)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
});

// Catches: a choice that needs the password again, opens what the person is not in, or outlives the membership it was made in.
test('a login goes on in another organisation of the user, and ends with that one alone', async () => {
  const { email, id } = await desk.person(organizationId, 'user');
  const [second, foreign] = [await desk.organization('the second'), await desk.organization('foreign')];
  const { organizations } = desk.services;
  await organizations.setMember(desk.owner, second, { user_id: id, role: 'viewer' });
  const first = await desk.login(email);
  expect(first.organization.id).toBe(organizationId);
  await expect(refresh(first.refresh_token, foreign)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(refresh(first.refresh_token, 'nowhere')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const moved = await refresh(first.refresh_token, second);
  expect(moved).toMatchObject({ organization: { id: second, name: 'the second' }, role: 'viewer' });
  expect(await callerOf(moved)).toMatchObject({ organizationId: second, role: 'viewer' });
  const stayed = await refresh(moved.refresh_token);
  expect(stayed.organization.id).toBe(second);

  await organizations.removeMember(desk.owner, organizationId, id);
  expect(await callerOf(first)).toBeNull();
  expect(await callerOf(stayed), 'it had left that one').not.toBeNull();
  // Shown again, it still ends all that came of its login, wherever that went on.
  await expect(refresh(first.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await callerOf(stayed)).toBeNull();
});

test('a login ends by itself, and the longest one with a new password', async () => {
  const { email } = await desk.person(organizationId, 'user');
  let pair = await desk.login(email);
  const day = 24 * 60 * 60 * 1000;
  const began = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: began });
  for (let days = 10; days <= 60; days += 10) {
    vi.setSystemTime(began + days * day - 1_000);
    pair = await refresh(pair.refresh_token);
  }
  expect(pair.refresh_expires_in).toBeLessThanOrEqual(1);
  vi.setSystemTime(began + 60 * day);
  await expect(refresh(pair.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  vi.setSystemTime(began);
  const idle = await desk.login(email);
  vi.setSystemTime(began + 14 * day);
  await expect(refresh(idle.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a new password ends the other logins, a logout its own', async () => {
  const { email } = await desk.person(organizationId, 'user');
  const [one, other] = [await desk.login(email), await desk.login(email)];
  const caller = await callerOf(one);
  if (caller === null) throw new Error('The login opens nothing.');
  const { changePassword } = desk.services.auth;
  const next = 'another long password';
  await expect(changePassword(caller, { current: 'wrong', next })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await callerOf(other)).not.toBeNull();
  await changePassword(caller, { current: goodPassword, next });
  expect(await callerOf(other)).toBeNull();
  await expect(refresh(other.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await callerOf(one)).not.toBeNull();
  await expect(desk.login(email)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  const again = await desk.login(email, next);
  await desk.services.auth.logout(again.refresh_token, place);
  expect(await callerOf(again)).toBeNull();
  await desk.services.auth.logout('cmr_unknown', place);
  expect(await callerOf(one)).not.toBeNull();
});

// Catches: rights that outlive their end by the lifetime of a token.
test('what an admin takes away is gone with the next request', async () => {
  const { email, id, caller } = await desk.person(organizationId, 'user');
  const { users, organizations } = desk.services;
  const pair = await desk.login(email);
  await users.update(desk.owner, id, { role: 'viewer' });
  expect((await callerOf(pair))?.scopes).toEqual(new Set(['read']));
  expect(desk.access.current(caller)?.role, 'a stream that stays open hears of it').toBe('viewer');
  const ticket = desk.access.issueTicket('stream', caller);
  await users.update(desk.owner, id, { disabled: true });
  expect(await callerOf(pair)).toBeNull();
  expect(desk.access.redeemTicket('stream', ticket)).toBeNull();
  await expect(refresh(pair.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(desk.login(email)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await users.update(desk.owner, id, { disabled: false });
  const back = await desk.login(email);
  expect(await callerOf(pair), 'what was ended stays so').toBeNull();
  await users.update(desk.owner, id, { password: 'set by an admin once' });
  expect(await callerOf(back)).toBeNull();
  const last = await desk.login(email, 'set by an admin once');
  const second = await desk.organization('second');
  await organizations.setMember(desk.owner, second, { user_id: id, role: 'user' });
  await organizations.removeMember(desk.owner, organizationId, id);
  expect(await callerOf(last)).toBeNull();
  const elsewhere = await desk.login(email, 'set by an admin once');
  expect(elsewhere.organization.id).toBe(second);
  await users.delete(desk.owner, id);
  expect(await callerOf(elsewhere)).toBeNull();
});

// Catches: guessing at the speed of the machine, a hundred guesses at once, and an answer that tells which addresses exist.
test('many wrong passwords at once are five, and tell nothing of who there is', async () => {
  const known = await desk.person(organizationId, 'user');
  const guess = (email: string, address: string) =>
    desk.services.auth.login({ email, password: 'a wrong password' }, { address, requestId: 'r' }).then(
      () => 'let in',
      (error: unknown) => (error instanceof TRPCError ? `${error.code} ${error.message}` : String(error)),
    );
  const attack = async (email: string) =>
    Promise.all(Array.from({ length: 20 }, (_, n) => guess(email, `10.0.0.${n % 4}`)));
  const outcomes = await attack(known.email);
  const strangers = await attack('nobody@example.com');
  const kinds = (all: string[]) => all.map((one) => one.replace(/\d+ seconds/, '… seconds')).toSorted();
  expect(kinds(outcomes)).toEqual(kinds(strangers));
  expect(outcomes.filter((one) => one.startsWith('UNAUTHORIZED'))).toHaveLength(5);
  expect(outcomes.filter((one) => one.startsWith('TOO_MANY_REQUESTS'))).toHaveLength(15);
  await expect(desk.login(known.email, goodPassword, '10.9.9.9'), 'the right one too').rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
  });
  expect(await desk.services.users.get(desk.owner, known.id)).toMatchObject({ state: 'locked' });
  const row = desk.store.readable.prepare<[string], number>('SELECT failure_count FROM users WHERE id = ?').pluck();
  expect(row.get(known.id)).toBe(5);
  for (let n = 0; n < 20; n++) await guess(known.email, '10.1.1.1');
  expect(await guess('fresh@example.com', '10.1.1.1'), 'an address that tries many').toMatch(/^TOO_MANY_REQUESTS/);
});
