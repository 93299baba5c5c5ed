import type { RawFinding } from '../finding.ts'
import type { Scanner } from './scanner.ts'

const AGENT_ACTION =
  /uses:\s{0,4}["']?(?:anthropics\/claude-code(?:-base)?-action|google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action|openai\/codex-action|actions\/ai-inference)@/
/** What anybody can write: titles, bodies, comments, branch names. */
const STRANGERS_TEXT =
  /\$\{\{\s{0,4}github\.(?:event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit)\.(?:body|title|message|head\.ref|head\.label)|head_ref)\s{0,4}\}\}/g

/** Agents in CI that read what strangers write. */
export const scanWorkflows: Scanner = ({ kind, text }) => {
  if (kind !== 'workflow' || !AGENT_ACTION.test(text)) return []
  const findings: RawFinding[] = []
  const everybody = /allowed_non_write_users:\s{0,4}["']?\*|allow-users:\s{0,4}["']?\*/.exec(text)
  if (everybody !== null) {
    const message = 'Anybody may make the agent work, with the rights of the job.'
    findings.push({
      rule: 'untrusted-prompt',
      level: 'warning',
      start: everybody.index,
      end: everybody.index + everybody[0].length,
      message,
    })
  }
  for (const match of text.matchAll(STRANGERS_TEXT)) {
    if (!isInPrompt(text, match.index)) continue
    const message = 'Text that strangers write stands in the prompt.'
    findings.push({
      rule: 'untrusted-prompt',
      level: 'warning',
      start: match.index,
      end: match.index + match[0].length,
      message,
    })
  }
  return findings
}

/** Whether the nearest key above, further left, is a prompt. */
function isInPrompt(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n')
  const own = lines.at(-1) ?? ''
  if (/(?:^|[{,])\s*["']?(?:direct_|custom_|override_)?prompt["']?:/.test(own)) return true
  const indent = own.length - own.trimStart().length
  for (const line of lines.slice(0, -1).toReversed()) {
    if (line.trim() === '') continue
    const depth = line.length - line.trimStart().length
    if (depth < indent) return /^\s*(?:direct_|custom_|override_)?prompt:\s*[|>]/.test(line)
  }
  return false
}
