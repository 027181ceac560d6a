import { z } from 'zod';
import type { BuiltInTool } from './built-in-tool.ts';

/** JSON Schema of an object. */
export interface ObjectSchema {
  type: 'object';
  [keyword: string]: unknown;
}

/** A tool as MCP lists it. */
export interface ToolDescriptor {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  annotations: {
    title: string;
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
}

/** What MCP says of a built-in tool; the same text whichever door it leaves through. */
export function toolDescriptor(tool: BuiltInTool): ToolDescriptor {
  const { name, title, description, readOnly, destructive, idempotent } = tool;
  return {
    name,
    title,
    description,
    inputSchema: jsonSchemaOf(tool.input, 'input'),
    outputSchema: jsonSchemaOf(tool.output, 'output'),
    annotations: {
      title,
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: false,
    },
  };
}

/** JSON Schema of a tool's arguments or answer, without what only costs a model's attention. */
export function jsonSchemaOf(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      // zod says of every whole number that it is a safe one, and of every time by which pattern.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return { ...json, type: 'object' };
}
