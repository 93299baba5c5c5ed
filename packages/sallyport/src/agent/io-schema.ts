import { z } from 'zod'
import { growthOf, type Growth } from './growth.ts'
import type { SchemaResult, StandardSchema } from './standard-schema.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A schema an agent can speak: validation, a name, a description and the JSON Schema the model is shown. */
export interface IoSchema<Input = unknown, Output = Input> extends StandardSchema<Input, Output> {
  readonly name: string
  readonly description: string
  readonly jsonSchema: JsonSchema
  /**
   * How each top-level field is read on its own, for partial objects of a stream. Absent when the schema judges the object
   * only as a whole: then nothing is shown before the end.
   */
  readonly fields?: ReadonlyMap<string, FieldReader>
}

export interface FieldReader {
  readonly validate: (value: unknown) => SchemaResult<unknown> | Promise<SchemaResult<unknown>>
  /** Present when a text field may be shown while it grows. */
  readonly grow?: Growth
}

/**
 * Gives a schema the name and description a model needs. The description is required: it is part of the prompt.
 *
 * @param schema A zod object, the shape of one, or any Standard Schema together with its `jsonSchema`.
 * @throws TypeError without a description, a name, or (for schemas that are not zod's) a JSON Schema.
 * @example
 * ```ts
 * const Answer = ioSchema('Answer', 'What the support desk answers.', { message: safeMarkdown(), confidence: probability() })
 * ```
 */
export function ioSchema<Shape extends z.ZodRawShape>(
  name: string,
  description: string,
  shape: Shape,
): IoSchema<z.input<z.ZodObject<Shape>>, z.output<z.ZodObject<Shape>>>
export function ioSchema<Input, Output>(
  name: string,
  description: string,
  schema: StandardSchema<Input, Output>,
  jsonSchema?: JsonSchema,
): IoSchema<Input, Output>
export function ioSchema(
  name: string,
  description: string,
  source: StandardSchema | z.ZodRawShape,
  jsonSchema?: JsonSchema,
): IoSchema {
  if (name.trim() === '') throw new TypeError('A schema must have a non-empty name.')
  const text = cleanDescription(description)
  if (text === '') throw new TypeError(`${name} must have a non-empty description.`)
  const schema: StandardSchema = isStandard(source) ? source : z.object(source)
  const emitted = jsonSchema ?? (schema instanceof z.ZodType ? emit(schema) : undefined)
  if (emitted === undefined) throw new TypeError(`${name} needs a JSON Schema: only zod schemas emit their own here.`)
  const fields = readFields(schema)
  return {
    '~standard': schema['~standard'],
    name,
    description: text,
    jsonSchema: { title: name, description: text, ...emitted },
    ...(fields && { fields }),
  }
}

/** Takes an `IoSchema` as it is, and a zod schema that carries `title` and `description` as metadata. */
export function toIoSchema<Input, Output>(schema: StandardSchema<Input, Output>): IoSchema<Input, Output> {
  if (isIoSchema(schema)) return schema
  const { title, description } = schema instanceof z.ZodType ? (schema.meta() ?? {}) : {}
  if (title === undefined || description === undefined) {
    throw new TypeError(
      'A schema must have a non-empty description: use ioSchema(name, description, schema) or .meta({ title, description }).',
    )
  }
  return ioSchema(title, description, schema)
}

function isIoSchema<Input, Output>(schema: StandardSchema<Input, Output>): schema is IoSchema<Input, Output> {
  return 'jsonSchema' in schema && 'description' in schema && 'name' in schema
}

function isStandard(source: StandardSchema | z.ZodRawShape): source is StandardSchema {
  return '~standard' in source
}

/** What is accepted is what the model must write, hence the input side. Unknown properties are announced as unwanted. */
function emit(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object' && jsonSchema.properties) jsonSchema.additionalProperties ??= false
    },
  })
  return rest
}

/** An object with checks of its own is judged as a whole: its fields prove nothing alone. */
function readFields(schema: StandardSchema): ReadonlyMap<string, FieldReader> | undefined {
  if (!(schema instanceof z.ZodObject) || (schema.def.checks?.length ?? 0) > 0) return undefined
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  return new Map(
    Object.entries(shape).map(([name, field]) => {
      const grow = growthOf(field)
      return [name, { validate: (value) => validateField(field, value), ...(grow && { grow }) }]
    }),
  )
}

async function validateField(field: z.core.$ZodType, value: unknown): Promise<SchemaResult<unknown>> {
  const parsed = await z.safeParseAsync(field, value)
  return parsed.success ? { value: parsed.data } : { issues: parsed.error.issues }
}

/** Indentation of a template literal is not part of what it says. */
function cleanDescription(description: string): string {
  return description.replace(/[ \t]*\n[ \t]*/g, '\n').trim()
}
