/** Remembered lines and the point where one goes on. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width="22" height="22" className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M9 11h14" />
        <path d="M9 16h10" opacity=".8" />
        <path d="M9 21h5.5" opacity=".6" />
      </g>
      <circle cx="21.5" cy="21" r="2.4" fill="#fff" />
    </svg>
  );
}
