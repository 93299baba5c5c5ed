/** Where a text stands on its way through an agent. One gate (a composition of guards) watches each stage. */
export type Stage = 'input' | 'retrieval' | 'tool-call' | 'tool-result' | 'output'

export const STAGES = ['input', 'retrieval', 'tool-call', 'tool-result', 'output'] as const satisfies readonly Stage[]

/** Who wrote a text part. Ordered nowhere: trust is decided by guards, not by comparing origins. */
export type Origin = 'developer' | 'user' | 'model' | 'tool' | 'retrieved'

export const ORIGINS = ['developer', 'user', 'model', 'tool', 'retrieved'] as const satisfies readonly Origin[]

/** The origin a text has when only its stage is known. */
export function defaultOrigin(stage: Stage): Origin {
  switch (stage) {
    case 'input':
      return 'user'
    case 'retrieval':
      return 'retrieved'
    case 'tool-result':
      return 'tool'
    case 'tool-call':
    case 'output':
      return 'model'
    default:
      return stage satisfies never
  }
}
