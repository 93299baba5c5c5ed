import { AuditLogError } from './audit-log-error.ts'
import { nodeFiles } from './file-layer.ts'
import { readHead } from './recover-tail.ts'
import { isSignedBy } from './signing-key.ts'
import type { Anchor } from './statements.ts'

/**
 * The newest signed head of a log, to be kept where nobody who can write the folder can change it. The log may be being
 * written meanwhile.
 *
 * @throws AuditLogError `damaged` when there is none or its signature is not valid.
 */
export function readAnchor(folder: string): Anchor {
  const head = readHead(nodeFiles, folder)
  if (head === undefined) throw new AuditLogError('damaged', `There is no signed head in ${folder}.`)
  if (!isSignedBy(head.publicKey, head)) {
    throw new AuditLogError('damaged', `The signature of the head in ${folder} is not valid.`)
  }
  return head
}

/** Reads anchors that were kept: one JSON object a line. Undefined when a line is none. */
export function readAnchors(text: string): Anchor[] | undefined {
  const anchors: Anchor[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const anchor = parseAnchor(line)
    if (anchor === undefined) return undefined
    anchors.push(anchor)
  }
  return anchors
}

function parseAnchor(line: string): Anchor | undefined {
  try {
    const { statement, signature, publicKey } = JSON.parse(line) as Partial<Anchor>
    const isAnchor =
      statement?.kind === 'head' &&
      typeof statement.seq === 'number' &&
      typeof statement.hash === 'string' &&
      typeof statement.log === 'string' &&
      typeof signature === 'string' &&
      typeof publicKey === 'string'
    return isAnchor ? { statement, signature, publicKey } : undefined
  } catch {
    return undefined
  }
}
