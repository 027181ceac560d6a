import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Form, type FormHandle } from './form.tsx';
import { FormField } from './form-field.tsx';
import { TextArea } from './text-area.tsx';

const onSubmit = vi.fn<() => void>();
const onTest = vi.fn<() => void>();
beforeEach(() => {
  onSubmit.mockClear();
  onTest.mockClear();
});
afterEach(cleanup);

/** A form that wants two digits, and a text. */
function Sample() {
  const handle = useRef<FormHandle>(null);
  const [number, setNumber] = useState('');
  const [text, setText] = useState('');
  const isNumber = /^\d\d$/.test(number);
  return (
    <Form ref={handle} isValid={isNumber && text !== ''} onSubmit={onSubmit}>
      <FormField
        label="Number"
        value={number}
        hint="Two of them."
        error={isNumber ? undefined : 'Two digits.'}
        onChange={setNumber}
      />
      <TextArea label="Text" rows={1} value={text} error={text === '' ? 'A text.' : undefined} onChange={setText} />
      <button type="button" onClick={() => handle.current?.attempt(onTest)}>
        Test
      </button>
      <button type="submit">Save</button>
    </Form>
  );
}

const field = (name: string) => screen.getByLabelText(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

/** What is said of a field to whoever cannot see it; whether it is said as a fault. */
function said(name: string): [string | undefined, boolean] {
  const note = document.getElementById(field(name).getAttribute('aria-describedby') ?? '');
  return [note?.textContent, field(name).getAttribute('aria-invalid') === 'true'];
}

// Catches: a field that complains of what is not typed to its end, and one that says nothing afterwards.
test('a fault is said once the field was left, and no longer than it is there', () => {
  render(<Sample />);
  fireEvent.blur(field('Number'));
  type('Number', '1');
  expect(said('Number')).toEqual(['Two of them.', false]);
  fireEvent.blur(field('Number'));
  expect(said('Number')).toEqual(['Two digits.', true]);
  expect(field('Number').className).toContain('border-danger');
  type('Number', '12');
  expect(said('Number')).toEqual(['Two of them.', false]);
  expect(said('Text')).toEqual([undefined, false]);
});

// Catches: a button that is dead and does not say why.
test.each([
  ['Save', onSubmit],
  ['Test', onTest],
])('%s says what is wrong and leads to it, before it does anything', (name, run) => {
  render(<Sample />);
  type('Number', '12');
  fireEvent.click(screen.getByText(name));
  expect(said('Text')).toEqual(['A text.', true]);
  expect(document.activeElement).toBe(field('Text'));
  expect(run).not.toHaveBeenCalled();
  type('Text', 'so');
  fireEvent.click(screen.getByText(name));
  expect(run).toHaveBeenCalledTimes(1);
});
