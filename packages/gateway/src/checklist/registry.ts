import { agentFiles } from './checks/agent-files.ts'
import { alerts } from './checks/alerts.ts'
import { goalHijack } from './checks/asi01-goal-hijack.ts'
import { toolMisuse } from './checks/asi02-tool-misuse.ts'
import { identity } from './checks/asi03-identity.ts'
import { agenticSupplyChain } from './checks/asi04-agentic-supply-chain.ts'
import { codeExecution } from './checks/asi05-code-execution.ts'
import { memoryPoisoning } from './checks/asi06-memory-poisoning.ts'
import { agentCommunication } from './checks/asi07-agent-communication.ts'
import { cascadingFailures } from './checks/asi08-cascading-failures.ts'
import { humanTrust } from './checks/asi09-human-trust.ts'
import { rogueAgents } from './checks/asi10-rogue-agents.ts'
import { authFailuresLogged } from './checks/auth-failures-logged.ts'
import { contentPolicy } from './checks/content-policy.ts'
import { dangerousSettings } from './checks/dangerous-settings.ts'
import { gateBypass } from './checks/gate-bypass.ts'
import { https } from './checks/https.ts'
import { injectionAttemptsLogged } from './checks/injection-attempts-logged.ts'
import { inputValidation } from './checks/input-validation.ts'
import { keysNotInSource } from './checks/keys-not-in-source.ts'
import { promptInjection } from './checks/llm01-prompt-injection.ts'
import { sensitiveInformation } from './checks/llm02-sensitive-information.ts'
import { excessiveAgency } from './checks/llm03-excessive-agency.ts'
import { supplyChain } from './checks/llm04-supply-chain.ts'
import { poisoning } from './checks/llm05-poisoning.ts'
import { unboundedConsumption } from './checks/llm06-unbounded-consumption.ts'
import { misinformation } from './checks/llm07-misinformation.ts'
import { hiddenContext } from './checks/llm08-hidden-context.ts'
import { retrieval } from './checks/llm09-retrieval.ts'
import { outputHandling } from './checks/llm10-output-handling.ts'
import { outputSanitization } from './checks/output-sanitization.ts'
import { outputSchema } from './checks/output-schema.ts'
import { policyViolationsLogged } from './checks/policy-violations-logged.ts'
import { rateLimitEventsLogged } from './checks/rate-limit-events-logged.ts'
import { rateLimiting } from './checks/rate-limiting.ts'
import { runtimeDependencies } from './checks/runtime-dependencies.ts'
import { runtimeFilePermissions } from './checks/runtime-file-permissions.ts'
import { runtimeNode } from './checks/runtime-node.ts'
import { secretsManager } from './checks/secrets-manager.ts'
import { securityHeaders } from './checks/security-headers.ts'
import { securityLogging } from './checks/security-logging.ts'
import { securityTxt } from './checks/security-txt.ts'
import { systemPrompt } from './checks/system-prompt.ts'
import { tlsQuality } from './checks/tls-quality.ts'
import type { Check } from './item.ts'

/** One check an item, in the order of the items. */
export const CHECKS: readonly Check[] = [
  keysNotInSource,
  inputValidation,
  outputSanitization,
  outputSchema,
  securityLogging,
  secretsManager,
  https,
  rateLimiting,
  contentPolicy,
  securityHeaders,
  authFailuresLogged,
  rateLimitEventsLogged,
  injectionAttemptsLogged,
  policyViolationsLogged,
  alerts,
  promptInjection,
  sensitiveInformation,
  excessiveAgency,
  supplyChain,
  poisoning,
  unboundedConsumption,
  misinformation,
  hiddenContext,
  retrieval,
  outputHandling,
  goalHijack,
  toolMisuse,
  identity,
  agenticSupplyChain,
  codeExecution,
  memoryPoisoning,
  agentCommunication,
  cascadingFailures,
  humanTrust,
  rogueAgents,
  dangerousSettings,
  gateBypass,
  agentFiles,
  systemPrompt,
  tlsQuality,
  securityTxt,
  runtimeNode,
  runtimeDependencies,
  runtimeFilePermissions,
]
