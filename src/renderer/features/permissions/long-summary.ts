/** A summary above this many characters may scroll in its place in a narrow window, and is then reached by keyboard. */
export const longSummary = 150;
