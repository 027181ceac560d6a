import { Ajv2020, type Options } from 'ajv/dist/2020.js';

/** How the arguments of a tool are read: JSON Schema 2020-12, whose formats are remarks; unknown keywords are remarks, too. */
export const schemaOptions: Options = { strict: false, validateFormats: false, logger: false, allErrors: false };

/** Of a schema as JSON: compiling it takes the loop that answers hooks, 5 s for 900 kB and about one for this. */
const mostSchemaChars = 32_768;

/** What is wrong with a schema, as a sentence; null when arguments can be checked by it. */
export function faultInSchema(schema: Record<string, unknown>): string | null {
  try {
    if (JSON.stringify(schema).length > mostSchemaChars) return `it has more than ${mostSchemaChars} characters`;
    // Ajv's own word: the check would answer with a promise, which is as good as a yes.
    if ('$async' in schema) return '$async is not a keyword of JSON Schema';
    const ajv = new Ajv2020(schemaOptions);
    if (ajv.validateSchema(schema) !== true) return ajv.errorsText(ajv.errors, { dataVar: 'input_schema' });
    ajv.compile(schema);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
