import type { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { parseWith } from './read-json.ts'

/** The query of a request against a schema; a parameter the schema does not know is an error that names it. */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, { request }: Exchange): z.infer<Schema> {
  return parseWith(schema, Object.fromEntries(new URL(request.url).searchParams))
}
