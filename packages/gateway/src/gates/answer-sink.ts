import { SallyportError } from 'sallyport'
import type { Finding } from 'sallyport'
import { sanitizeForNode } from 'sallyport/sinks/node'
import type { SinkConfig } from '../config/sinks-config.ts'
import { passageOf } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import type { Refusal } from './refusal.ts'

/** What a sink makes of an answer: text safe for its target, or the reason why none exists. */
export interface SinkAnswer {
  readonly text: string
  readonly findings: readonly Finding[]
  readonly refusal?: Refusal
}

/** Makes a whole answer safe for where it ends up. It needs the end of a text to judge its beginning. */
export type AnswerSink = (text: string) => SinkAnswer

/** The sink of the first row that fits; undefined when the operator named none for this key, model and route. */
export function answerSink(rows: readonly SinkConfig[], exchange: Exchange, model: string): AnswerSink | undefined {
  if (rows.length === 0) return undefined
  const { route, key } = passageOf(exchange)
  const row = rows.find(
    (each) =>
      (each.route === undefined || each.route === route) &&
      (each.key === undefined || each.key === key) &&
      (each.model === undefined || each.model === model),
  )
  return row === undefined ? undefined : (text) => makeSafe(text, row)
}

function makeSafe(text: string, { target, dialect, hosts, linkHosts, root }: SinkConfig): SinkAnswer {
  try {
    const safe = sanitizeForNode(target, text, {
      ...(dialect && { dialect }),
      ...(hosts && { hosts }),
      ...(linkHosts && { linkHosts }),
      ...(root && { root }),
    })
    return { text: safe.text, findings: safe.findings.map((finding) => ({ ...finding, action: 'redact' as const })) }
  } catch (error) {
    if (!(error instanceof SallyportError) || error.code !== 'invalid-input') throw error
    const reason = `the answer has no safe form as ${target}: ${error.message}`
    return { text: '', findings: [], refusal: { rule: `sink/${target}`, reason } }
  }
}
