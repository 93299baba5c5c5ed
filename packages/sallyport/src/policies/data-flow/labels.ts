import type { Confidentiality, ConversationPart, Integrity } from '../../guard/tool-call.ts'
import type { ToolSettings, ToolTable } from '../../guard/tool-settings.ts'
import { partText } from './part-text.ts'

export interface Labels {
  readonly integrity: Integrity
  readonly confidentiality: Confidentiality
}

const RANK = { public: 0, private: 1, secret: 2 } as const

export function moreConfidential(a: Confidentiality, b: Confidentiality): Confidentiality {
  return RANK[b] > RANK[a] ? b : a
}

/**
 * The labels of a part: by its origin, for a tool's result by what the policy file says of the tool, and never better than
 * the part itself claims. A tool that is not in the policy file, or not known, gives untrusted private text. What the model
 * wrote is made of what it read, so it adds nothing: it neither taints nor vouches.
 */
export function labelsOf(part: ConversationPart, tools: ToolTable): Labels {
  if (saysNothing(part)) return { integrity: 'trusted', confidentiality: 'public' }
  const own = ownLabels(part, tools)
  return {
    integrity: part.integrity ?? own.integrity,
    confidentiality: moreConfidential(own.confidentiality, part.confidentiality ?? 'public'),
  }
}

/** A tool that gives nothing back has told the model nothing. */
function saysNothing({ text = '', value }: ConversationPart): boolean {
  if (text.trim() !== '') return false
  return typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : (value ?? '') === ''
}

function ownLabels(part: ConversationPart, tools: ToolTable): Labels {
  const { origin, tool } = part
  switch (origin) {
    case 'developer':
    case 'user':
    case 'model':
      return { integrity: 'trusted', confidentiality: 'public' }
    case 'tool': {
      const settings = tool === undefined ? undefined : tools.find(tool)
      return { integrity: integrityOf(part, settings?.returns), confidentiality: settings?.reads ?? 'private' }
    }
    case 'retrieved':
      return { integrity: 'untrusted', confidentiality: 'private' }
    default:
      return origin satisfies never
  }
}

/**
 * A tool that is trusted is trusted for its values: names, ids, addresses, numbers. A field with room for a sentence is
 * most often one that somebody fills in, so what reads like text is not believed unless the policy file says that, too.
 */
function integrityOf(part: ConversationPart, returns: ToolSettings['returns'] = 'untrusted'): Integrity {
  if (returns === 'trusted') return partText(part).holdsProse() ? 'untrusted' : 'trusted'
  return returns === 'trusted-text' ? 'trusted' : 'untrusted'
}

/** A conversation with the label of each part and of the whole: the worst that is in it. */
export interface LabelledConversation extends Labels {
  readonly parts: readonly { readonly part: ConversationPart; readonly labels: Labels }[]
}

export function labelConversation(conversation: readonly ConversationPart[], tools: ToolTable): LabelledConversation {
  let integrity: Integrity = 'trusted'
  let confidentiality: Confidentiality = 'public'
  const parts = conversation.map((part) => {
    const labels = labelsOf(part, tools)
    if (labels.integrity === 'untrusted') integrity = 'untrusted'
    confidentiality = moreConfidential(confidentiality, labels.confidentiality)
    return { part, labels }
  })
  return { parts, integrity, confidentiality }
}
