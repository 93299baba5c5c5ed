import type { Admitted } from 'sallyport/limits'
import { conversationParts, toolDefinitions } from '../dialects/openai-chat/conversation-parts.ts'
import { conversationText } from '../dialects/openai-chat/conversation-text.ts'
import type { AnswerOptions } from '../dialects/openai-chat/gate-answer.ts'
import { gateAnswer } from '../dialects/openai-chat/gate-answer.ts'
import { gateStream } from '../dialects/openai-chat/gate-stream.ts'
import { chatRequestShape } from '../dialects/openai-chat/request-shape.ts'
import { wordedRefusal, wordedRefusalChunks } from '../dialects/openai-chat/worded-refusal.ts'
import { readShape } from '../dialects/read-shape.ts'
import type { ShapedJson } from '../dialects/read-shape.ts'
import type { Permit } from '../dialects/shape.ts'
import { reportError } from '../events/report-error.ts'
import { actorOf, eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { answerSink } from '../gates/answer-sink.ts'
import { judgeParts } from '../gates/judge-parts.ts'
import { refusalError } from '../gates/refusal.ts'
import type { Refusal } from '../gates/refusal.ts'
import { ToolGate } from '../gates/tool-gate.ts'
import { reportVerdict } from '../gates/report-verdict.ts'
import { mayClaimDeveloper, withUser } from '../identity/claims.ts'
import { characters, estimateTokens, promptTokens, tokensOf, tokenUsage, usedTokens } from '../limits/count-tokens.ts'
import { meterStream } from '../limits/meter-stream.ts'
import { callDeadline } from '../http/call-deadline.ts'
import { chunkStream } from '../http/chunk-stream.ts'
import { jsonResponse, streamResponse } from '../http/respond.ts'
import type { JsonObject } from '../json/parse-json.ts'
import type { PassedHeaders, ProviderCall } from '../providers/provider.ts'
import type { ModelRoute } from '../providers/model-table.ts'
import type { Services } from '../services.ts'
import { boundByModel } from './model-bounds.ts'
import { checkChatScope } from './chat-scope.ts'
import { modelNotFound } from './models.ts'
import { keepValues, openConversation, recallValues } from './open-conversation.ts'
import { readJson } from './read-json.ts'

/** `POST /v1/chat/completions`: input gate, provider, output gate. */
export async function chatCompletions(caller: Exchange, services: Services): Promise<Response> {
  const shaped = await readRequest(caller, services)
  const request = shaped.value as JsonObject
  const exchange = withUser(caller, request, services)
  const { trail } = exchange
  trail.actor = actorOf(exchange)
  checkChatScope(request, exchange, services)
  const model = request['model'] as string
  const route = await findModel(model, services)
  trail.model = model
  trail.provider = route.provider.name
  boundByModel(request, shaped.unscannable, services.config)
  trail.step('read')
  const { rateLimits } = services
  const admitted = await rateLimits.admit(exchange, model, rateLimits.countsTokens ? estimateTokens(request) : 0)
  trail.step('limits')
  try {
    return await gatedAnswer(shaped, route, { exchange, admitted }, services)
  } catch (error) {
    // Nothing was answered, so no tokens are held against the caller; the request counts.
    admitted.settle(0)
    throw error
  }
}

/** A request that was let through, and what it was let through with. */
interface Passage {
  readonly exchange: Exchange
  readonly admitted: Admitted
}

async function gatedAnswer(
  shaped: ShapedJson,
  route: ModelRoute,
  passage: Passage,
  services: Services,
): Promise<Response> {
  const request = shaped.value as JsonObject
  const model = request['model'] as string
  const { exchange, admitted } = passage
  const { shield, events } = services

  const kept = openConversation(exchange, services)
  await recallValues(
    kept,
    shaped.parts.map(({ text }) => text),
    services,
  )
  const { pseudonymizer } = kept
  const toolGate = openToolGate(request, exchange, services)
  const judged = await judgeParts(shaped, { shield, events, exchange: { ...exchange, pseudonymizer }, model })
  exchange.trail.verdicts.push({ stage: 'input', action: judged.refusal === undefined ? judged.outcome : 'block' })
  exchange.trail.step('input-gate')
  if (judged.refusal !== undefined) {
    admitted.settle(0)
    return refuse(judged.refusal, 'request', request, exchange, services)
  }
  if (judged.edited) redacted(exchange, services)

  await keepValues(kept, services)
  const restorer = kept.restorer({ json: wantsJson(request) })
  const sink = answerSink(services.config.sinks, exchange, model)
  const options: AnswerOptions = {
    shield,
    events,
    exchange: { ...exchange, conversation: conversationText(request), restorer },
    model,
    labels: services.labels,
    permits: permitsOf(services),
    choices: typeof request['n'] === 'number' ? request['n'] : 1,
    ...(sink === undefined ? {} : { sink }),
    ...(toolGate === undefined ? {} : { toolGate }),
  }
  request['model'] = route.upstreamModel
  callBegins(request, exchange)
  return request['stream'] === true
    ? streamAnswer(request, route, options, admitted, services)
    : wholeAnswer(request, route, options, admitted, services)
}

/** Nothing, at no cost, where the policy says nothing about tools. */
function openToolGate(request: JsonObject, exchange: Exchange, services: Services): ToolGate | undefined {
  const { shield, approvals, events, config } = services
  if (!shield.judgesCalls) return undefined
  return new ToolGate({
    shield,
    approvals,
    events,
    exchange,
    model: request['model'] as string,
    owner: services.keys.ownerOf(exchange.principal?.keyId ?? ''),
    conversation: conversationParts(request, mayClaimDeveloper(exchange, services)),
    definitions: toolDefinitions(request),
    maxDepth: config.limits.maxDepth,
  })
}

function wantsJson(request: JsonObject): boolean {
  const format = request['response_format'] as JsonObject | undefined
  return format !== undefined && format['type'] !== 'text'
}

async function readRequest(exchange: Exchange, services: Services): Promise<ShapedJson> {
  const body = await readJson(exchange, services)
  let shaped
  try {
    shaped = readShape(chatRequestShape, body, {
      unknown: 'refuse',
      permits: permitsOf(services),
      claimsDeveloper: mayClaimDeveloper(exchange, services),
      maxDepth: services.config.limits.maxDepth,
    })
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'content_filter') reportShut(error, exchange, services)
    throw error
  }
  const request = shaped.value as JsonObject
  if ((request['messages'] as readonly unknown[]).length === 0) {
    throw new GatewayError('invalid_value', "Invalid 'messages': it must have at least one message.", {
      param: 'messages',
    })
  }
  if (shaped.unscannable.length > 0) reportUnscannable(exchange, services)
  return shaped
}

/** The operator lets it pass, and the record says that nobody looked into it. */
function reportUnscannable(exchange: Exchange, services: Services): void {
  services.events.record({
    type: 'policy_violation',
    severity: 'info',
    outcome: 'monitor',
    stage: 'input',
    ...eventOrigin(exchange),
    rule: 'gateway/unscannable-part',
    detail: 'passed unread, as the configuration permits',
  })
}

/** Something no gate can see into was sent: an event, like any other refusal by policy. */
function reportShut(error: GatewayError, exchange: Exchange, services: Services): void {
  blocked(exchange, services)
  const { rule, reason = error.message } = error.details
  reportVerdict(services.events, exchange, {
    outcome: 'block',
    findings: [],
    stageOf: () => 'input',
    refusal: { reason, ...(rule === undefined ? {} : { rule }) },
  })
}

async function findModel(model: string, services: Services): Promise<ModelRoute> {
  const found = services.models.find(model)
  if (found === undefined || (found.open && !(await services.labels.isClean(model)))) throw modelNotFound()
  return found.route
}

async function wholeAnswer(
  request: JsonObject,
  route: ModelRoute,
  options: AnswerOptions,
  admitted: Admitted,
  services: Services,
): Promise<Response> {
  const { exchange } = options
  const deadline = callDeadline(exchange, services.config.upstreamLimits.overallTimeoutMs)
  try {
    const { body, headers } = await route.provider.complete(callOf(request, exchange, deadline.signal))
    exchange.trail.step('upstream')
    const usage = tokenUsage(body)
    const used = usedTokens(body) ?? promptTokens(request) + tokensOf(characters(body))
    exchange.trail.usage = usage ?? { input: promptTokens(request), output: Math.max(0, used - promptTokens(request)) }
    admitted.settle(used)
    const answeredAt = performance.now()
    const answer = await gateAnswer(body, options)
    exchange.trail.finishReasons = finishReasons(answer.body)
    exchange.trail.spans?.endCall(exchange.trail, answeredAt)
    exchange.trail.verdicts.push({ stage: 'output', action: answer.refusal === undefined ? answer.outcome : 'block' })
    exchange.trail.step('output-gate')
    if (answer.refusal !== undefined) return refuse(answer.refusal, 'answer', request, exchange, services)
    if (answer.outcome === 'redact') redacted(exchange, services)
    return jsonResponse(exchange.requestId, 200, answer.body, { ...standing(exchange, services, headers), ...headers })
  } finally {
    deadline.clear()
  }
}

async function streamAnswer(
  request: JsonObject,
  route: ModelRoute,
  options: AnswerOptions,
  admitted: Admitted,
  services: Services,
): Promise<Response> {
  const { exchange } = options
  const deadline = callDeadline(exchange, services.config.upstreamLimits.overallTimeoutMs)
  try {
    const { chunks, headers } = await route.provider.stream(callOf(request, exchange, deadline.signal))
    exchange.trail.step('upstream')
    exchange.trail.defer()
    const settled = () => services.settled(exchange.requestId)
    const report = (error: unknown): GatewayError => reportError(error, exchange, services)
    const streamOptions = request['stream_options'] as JsonObject | undefined
    const counted = services.rateLimits.needsSettling ? meterStream(chunks, request, admitted) : chunks
    const gated = gateStream(counted, {
      ...options,
      includeUsage: streamOptions?.['include_usage'] === true,
      onEnd: ({ outcome, refusal, usage, characters: streamed }) => {
        exchange.trail.verdicts.push({ stage: 'output', action: refusal === undefined ? outcome : 'block' })
        if (refusal !== undefined) blocked(exchange, services)
        else if (outcome === 'redact') redacted(exchange, services)
        exchange.trail.usage = tokenUsage({ usage: usage ?? null }) ?? {
          input: promptTokens(request),
          output: tokensOf(streamed),
        }
      },
    })
    return streamResponse(exchange.requestId, chunkStream(gated, exchange.trail, deadline, report, settled), {
      ...standing(exchange, services, headers),
      ...headers,
    })
  } catch (error) {
    deadline.clear()
    throw error
  }
}

function refuse(
  refusal: Refusal,
  side: 'request' | 'answer',
  request: JsonObject,
  exchange: Exchange,
  services: Services,
): Response {
  blocked(exchange, services)
  const { mode, message } = services.config.refusal
  if (mode === 'error') throw refusalError(refusal, side)
  const { requestId } = exchange
  const head = { requestId, model: request['model'] as string, message }
  const headers = standing(exchange, services)
  if (request['stream'] !== true) return jsonResponse(requestId, 200, wordedRefusal(head), headers)
  const deadline = callDeadline(exchange, services.config.upstreamLimits.overallTimeoutMs)
  exchange.trail.defer()
  return streamResponse(
    requestId,
    chunkStream(
      wordedRefusalChunks(head),
      exchange.trail,
      deadline,
      (error) => reportError(error, exchange, services),
      () => services.settled(requestId),
    ),
    headers,
  )
}

/**
 * Where the caller stands with our limits. What an upstream says of its own in OpenAI's headers goes before, whole: half
 * of theirs and half of ours would be nobody's.
 */
function standing(exchange: Exchange, services: Services, passed: PassedHeaders = {}): PassedHeaders {
  const headers = services.rateLimits.headersOf(exchange.request)
  if (!Object.keys(passed).some((name) => name.startsWith('x-ratelimit-'))) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-ratelimit-')))
}

/** From here on the time is the upstream's. */
function callBegins(request: JsonObject, { trail }: Exchange): void {
  trail.upstreamModel = request['model'] as string
  trail.isStream = request['stream'] === true
  trail.spans?.callModel(trail, request['max_completion_tokens'] ?? request['max_tokens'])
}

function finishReasons({ choices }: JsonObject): readonly string[] {
  return (choices as JsonObject[]).map((choice) => String(choice['finish_reason']))
}

function callOf(body: JsonObject, { trail }: Exchange, signal: AbortSignal): ProviderCall {
  return { body, signal, traceParent: () => trail.traceParent }
}

function blocked({ trail }: Exchange, services: Services): void {
  services.counts.blocked++
  trail.outcome = 'block'
}

function redacted({ trail }: Exchange, services: Services): void {
  services.counts.redacted++
  trail.outcome = 'redact'
}

function permitsOf(services: Services): ReadonlySet<Permit> {
  return new Set(services.config.permits)
}
