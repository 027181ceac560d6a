/** Direction marks, embeddings, overrides and isolates: with them a text can be shown in another order than it has. */
const directionControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** What takes no room on the screen, beyond white space. */
const invisible = /[\s\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]/gu;
// Colours, cursor moves and titles: CSI, OSC up to its end, and the two-character forms.
// oxlint-disable-next-line no-control-regex
const terminalControls =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;

/** Shows direction controls as marks such as ⟨U+202E⟩ instead of obeying them. */
export function visibleText(text: string): string {
  return text.replaceAll(
    directionControls,
    (control) => `⟨U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** A title fit to be shown, or null when nothing of it would be seen. */
export function readableTitle(title: string | null): string | null {
  return title === null || title.replaceAll(invisible, '') === '' ? null : visibleText(title);
}

/** Terminal output without the sequences that a terminal would have obeyed. */
export function withoutTerminalControls(text: string): string {
  return text.replaceAll(terminalControls, '');
}
