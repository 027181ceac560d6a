import type { Family } from './family.ts';

export interface Planted {
  statement: string;
  language: 'en' | 'zh';
  /** What it is about; two of the same matter are duplicates or contradict each other. */
  matter: string;
  stance: 'same' | 'opposite';
}

/** How people wrap what they say; none changes what it says. */
const wrappings = {
  en: ['', 'Please ', 'In this repo, ', 'Remember: ', 'As a rule, '],
  zh: ['', '请', '在这个项目里，', '记住：', '以后'],
} as const;

/** Every statement of the families, each wrapped as a person might, in a fixed order. */
export function plant(families: readonly Family[]): Planted[] {
  let turn = 0;
  const wrap = (statement: string, language: 'en' | 'zh') => {
    const wrapping = wrappings[language][turn++ % wrappings[language].length] ?? '';
    const plain = wrapping === '' ? capital(statement) : `${wrapping}${lowered(statement)}`;
    return plain.replaceAll(/\s+/g, ' ');
  };
  return families.flatMap((family, index) =>
    family.slots.flatMap(([a, b = '', c = ''], slot) => {
      const filled = (template: string) => template.replaceAll('{a}', a).replaceAll('{b}', b).replaceAll('{c}', c);
      const common = { language: family.language };
      const matter = `${index}.${slot}`;
      const said = (stance: 'same' | 'opposite') =>
        family[stance].map((template) => ({
          ...common,
          matter,
          stance,
          statement: wrap(filled(template), family.language),
        }));
      const near = family.near.map((template, position) => ({
        ...common,
        matter: `${matter}.near.${position}`,
        stance: 'same' as const,
        statement: wrap(filled(template), family.language),
      }));
      return [...said('same'), ...said('opposite'), ...near];
    }),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowered(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

export function truthOf(a: Planted, b: Planted): 'duplicate' | 'contradiction' | 'different' {
  if (a.matter !== b.matter) return 'different';
  return a.stance === b.stance ? 'duplicate' : 'contradiction';
}
