/** How long the stolen token of somebody who is not missed is of use at most. */
export const accessTokenLifetimeMs = 15 * 60 * 1000;

/** A login that nobody renews ends after this time. */
export const loginIdleMs = 14 * 24 * 60 * 60 * 1000;

/** However often it is renewed, the password is asked again after this time. */
export const loginLifetimeMs = 60 * 24 * 60 * 60 * 1000;
