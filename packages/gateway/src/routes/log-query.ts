import type { LogFilter } from 'sallyport/audit'
import type { z } from 'zod'
import type { logExportQuerySchema } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import type { LogAccess } from '../events/log-access.ts'
import type { Services } from '../services.ts'
import { parseWith } from './read-json.ts'

/** The query of a request against a schema. A parameter that is repeated is a list; one the schema does not know an error. */
export function readLogQuery<Schema extends z.ZodObject>(schema: Schema, { request }: Exchange): z.infer<Schema> {
  const query = new URL(request.url).searchParams
  const names = [...new Set(query.keys())]
  return parseWith(schema, Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')])))
}

/** What all routes of the log filter by. */
export function logFilter(query: Omit<z.infer<typeof logExportQuerySchema>, 'format'>): LogFilter {
  const { from, to, type, severity, rule, key, request, user, own } = query
  if (from !== undefined && to !== undefined && from >= to) {
    throw new GatewayError('invalid_value', "Invalid 'to': it must be later than 'from'.", { param: 'to' })
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(type === undefined ? {} : { types: type }),
    ...(severity === undefined ? {} : { severity }),
    ...(rule === undefined ? {} : { rule }),
    ...(key === undefined ? {} : { keyId: key }),
    ...(request === undefined ? {} : { requestId: request }),
    ...(user === undefined ? {} : { user }),
    ...(own === undefined ? {} : { includeOwn: own }),
  }
}

/** @throws GatewayError `unknown_url` while the log is off. */
export function logOf({ log }: Services): LogAccess {
  if (log !== undefined) return log
  throw new GatewayError('unknown_url', 'The security log is off: gateway.audit.enabled in the configuration.')
}
