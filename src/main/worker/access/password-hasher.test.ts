import { afterEach, expect, test } from 'vitest';
import { createPasswordHasher, type PasswordHasher, PasswordsBusyError } from './password-hasher.ts';

const hashers: PasswordHasher[] = [];
const open = () => {
  const hasher = createPasswordHasher();
  hashers.push(hasher);
  return hasher;
};
afterEach(async () => {
  for (const hasher of hashers.splice(0)) await hasher.close();
});

// Catches: a hash that fits every password, and one that fits only how a password was typed on one machine.
test('a password fits its own hash, in whatever form its letters came', async () => {
  const hasher = open();
  const hash = await hasher.hash('Ångström is a unit');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.verify('Ångström is a unit'.normalize('NFD'), hash)).toBe(true);
  expect(await hasher.verify('ångström is a unit', hash)).toBe(false);
  expect(await hasher.verify('', hash)).toBe(false);
  expect(await hasher.verify('x', 'no hash')).toBe(false);
});

// Catches: logins that pile up until nobody is let in any more, and a stop that waits for them all.
test('a flood is refused at once, and a stop waits for nobody', async () => {
  const hasher = open();
  const outcomes = Array.from({ length: 30 }, () => hasher.hash('x').catch((error: unknown) => error));
  const refused = await Promise.all(outcomes.slice(21));
  expect(refused.every((error) => error instanceof PasswordsBusyError)).toBe(true);
  await hasher.close();
  const rest = await Promise.all(outcomes.slice(0, 21));
  expect(rest.filter((outcome) => outcome instanceof PasswordsBusyError)).toEqual([]);
  await expect(hasher.hash('x')).rejects.toThrow(/closing/);
});
