/** Statements about one matter; `{a}`, `{b}` and `{c}` are filled in from a slot. */
export interface Family {
  language: 'en' | 'zh';
  /** Each gives the family once more, about something else. */
  slots: readonly (readonly [string, string?, string?])[];
  /** All say the same. */
  same: readonly string[];
  /** All say the opposite of `same`, and the same as each other. */
  opposite: readonly string[];
  /** About nearly the same, and neither the same nor the opposite of anything here. */
  near: readonly string[];
}
