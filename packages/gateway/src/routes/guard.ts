import { strongerOutcome } from 'sallyport'
import { checkRequestSchema } from '../contract.ts'
import type { CheckError, CheckRequest, CheckResult } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { passageOf } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { checkResult } from '../gates/check-result.ts'
import { mayClaimDeveloper } from '../identity/claims.ts'
import { refusalOf } from '../gates/refusal.ts'
import { reportVerdict } from '../gates/report-verdict.ts'
import { jsonResponse } from '../http/respond.ts'
import type { JsonValue } from '../json/parse-json.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** `POST /v1/guard`: what the gates say about a text, or about each of many. 200 also when the answer is `block`. */
export async function guard(exchange: Exchange, services: Services): Promise<Response> {
  const body = await readJson(exchange, services)
  if (!Array.isArray(body)) {
    const result = await judge(parseWith(checkRequestSchema, body), exchange, services)
    return jsonResponse(exchange.requestId, 200, { ...result, requestId: exchange.requestId })
  }
  const { maxChecks } = services.config.limits
  if (body.length > maxChecks)
    throw new GatewayError('invalid_value', `At most ${maxChecks} texts can be checked at once.`)
  const results: (CheckResult | CheckError)[] = []
  for (const item of body) {
    results.push(await judgeItem(item, exchange, services))
    // Long lists must not starve other requests.
    if (results.length % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return jsonResponse(exchange.requestId, 200, results)
}

/** One of many: what cannot be read is an error in its place, and the rest goes on. */
async function judgeItem(item: JsonValue, exchange: Exchange, services: Services): Promise<CheckResult | CheckError> {
  try {
    return await judge(parseWith(checkRequestSchema, item), exchange, services)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? item['id'] : undefined
    const known = typeof id === 'string' || typeof id === 'number' ? { id } : {}
    return { ...known, error: { code: error.code, message: error.message } }
  }
}

async function judge(request: CheckRequest, exchange: Exchange, services: Services): Promise<CheckResult> {
  const { text, stage = 'input' } = request
  // Origin is what the key may claim at most.
  const lowered = request.origin === 'developer' && !mayClaimDeveloper(exchange, services)
  const origin = lowered ? 'user' : request.origin
  const verdict = await services.shield.check(
    { text, stage, ...(origin === undefined ? {} : { origin }) },
    passageOf(exchange),
  )
  const refusal = refusalOf(verdict.decision, verdict.findings)
  if (refusal !== undefined) services.counts.blocked++
  else if (verdict.edits.length > 0) services.counts.redacted++
  exchange.trail.outcome = strongerOutcome(exchange.trail.outcome, refusal === undefined ? verdict.outcome : 'block')
  exchange.trail.verdicts.push({ stage, action: refusal === undefined ? verdict.outcome : 'block' })
  exchange.trail.step('input-gate')
  reportVerdict(services.events, exchange, {
    outcome: verdict.outcome,
    findings: verdict.findings,
    stageOf: () => stage,
    ...(refusal === undefined ? {} : { refusal }),
  })
  return checkResult(request.id, verdict)
}
