import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { noParams, withoutEmpty, type SearchParams } from './search-params.ts';

/** Writing the address draws the whole window again, so it waits for a pause. */
const writeAfterMs = 250;

export interface SearchText {
  /** The address's filters with the text as it stands in the field. */
  params: SearchParams;
  type(text: string): void;
  /** Takes another text and filters at once. */
  change(params: SearchParams): void;
  /** Takes other filters and leaves the text as it is in the field; always the same function. */
  filter(params: SearchParams): void;
  /** Writes now what would be written after a pause: before leaving, so that Back leads to this very search. */
  write(): void;
}

/** The text of the field, which runs ahead of the address, and follows it when somebody else changes that. */
export function useSearchText(address: SearchParams): SearchText {
  const navigate = useNavigate();
  const written = useRef(address.q ?? '');
  const [text, setText] = useState(address.q ?? '');
  const params = withoutEmpty({ ...noParams, ...address, q: text });

  useEffect(() => {
    if ((address.q ?? '') === written.current) return;
    written.current = address.q ?? '';
    setText(written.current);
  }, [address.q]);

  function change(next: SearchParams): void {
    written.current = next.q ?? '';
    setText(written.current);
    void navigate({ to: '/search', search: next, replace: true });
  }
  const write = (): void => {
    if (text !== written.current) change(params);
  };

  const latest = useRef({ text, change, write });
  useEffect(() => {
    latest.current = { text, change, write };
  });
  const filter = useCallback((next: SearchParams) => {
    latest.current.change(withoutEmpty({ ...noParams, ...next, q: latest.current.text }));
  }, []);
  useEffect(() => {
    if (text === written.current) return undefined;
    const timer = setTimeout(() => latest.current.write(), writeAfterMs);
    return () => clearTimeout(timer);
  }, [text]);

  return { params, type: setText, change, filter, write };
}
