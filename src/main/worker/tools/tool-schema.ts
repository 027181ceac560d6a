import { Ajv2020, type Options } from 'ajv/dist/2020.js';

/** How the arguments of a tool are read: JSON Schema 2020-12, whose formats are remarks; unknown keywords are remarks, too. */
export const schemaOptions: Options = { strict: false, validateFormats: false, logger: false, allErrors: false };

/** What is wrong with a schema, as a sentence; null when arguments can be checked by it. */
export function faultInSchema(schema: Record<string, unknown>): string | null {
  try {
    const ajv = new Ajv2020(schemaOptions);
    if (ajv.validateSchema(schema) !== true) return ajv.errorsText(ajv.errors, { dataVar: 'input_schema' });
    ajv.compile(schema);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
