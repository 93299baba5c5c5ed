import type { AgentResult } from './denial.ts'
import type { SecureAgent, SecureInput } from './secure-agent.ts'

/**
 * The guide's function: one message of one user, checked, limited and recorded on its way in and out. A denial comes back as
 * a value; `orThrow(await secureAgentCall(…))` throws it.
 */
export function secureAgentCall<Output>(
  agent: SecureAgent<SecureInput, Output>,
  userId: string,
  message: string,
): Promise<AgentResult<Output>> {
  return agent.run({ message }, { user: userId })
}
