import { isDownloadAndRun } from '../commands.ts'
import type { RawFinding } from '../finding.ts'
import type { Scanner } from './scanner.ts'

/** What an instruction file grants and orders: tools in its front matter, commands and silence in its text. */
export const scanAgentFiles: Scanner = ({ kind, text }) => {
  if (kind !== 'agent-instructions' && kind !== 'prompt') return []
  return [...grantedTools(text), ...orders(text)]
}

function* grantedTools(text: string): Generator<RawFinding> {
  const matter = /^---\r?\n([\s\S]{0,20000}?)\r?\n---/.exec(text)?.[1]
  if (matter === undefined) return
  for (const match of matter.matchAll(/^(?:allowed-tools|allowedTools|tools):[^\n]*(?:\n[ \t]+-[^\n]*)*/gm)) {
    if (
      !/(?:^|[\s,["'])(?:Bash(?:\(\s*(?:\*{1,2}|:\*)\s*\))?|\*)(?=$|[\s,\]"'])/m.test(match[0].replace(/^[^:]*:/, ''))
    )
      continue
    // An agent or a skill that is given Bash as such is common; it is worth a look, not an alarm.
    const isAll = /\(\s*\*|(?:^|[\s,["'])\*(?=$|[\s,\]"'])/m.test(match[0].replace(/^[^:]*:/, ''))
    const start = text.indexOf(match[0])
    const message = isAll
      ? 'Any command, or any tool, without a question.'
      : 'Any shell command, within what the session allows.'
    yield { rule: 'unbounded-tool', level: isAll ? 'warning' : 'note', start, end: start + match[0].length, message }
  }
}

/** Install commands that the makers of common tools publish themselves. */
const KNOWN_INSTALLER =
  /https:\/\/(?:aka\.ms|get\.docker\.com|sh\.rustup\.rs|bun\.(?:sh|com)|deno\.land|astral\.sh|install\.python-poetry\.org|get\.pnpm\.io|claude\.ai|fnm\.vercel\.app|get\.helm\.sh|starship\.rs|raw\.githubusercontent\.com\/(?:nvm-sh|Homebrew|helm|pyenv))(?=[/\s|)"']|$)/

interface Order {
  readonly pattern: RegExp
  readonly rule: RawFinding['rule']
  readonly level: RawFinding['level']
  readonly message: string
}

/** What nobody who wants to help writes into a file that an agent obeys. */
const ORDERS: readonly Order[] = [
  {
    pattern:
      /\b(?:do not|don't|never|without)\s{1,3}(?:tell|telling|inform(?:ing)?|mention(?:ing)?|reveal(?:ing)?|show(?:ing)?|notify(?:ing)?|alert(?:ing)?)\s{1,3}(?:this |it |that |any of this )?(?:to )?the (?:user|human|developer|operator)\b(?! (?:about|that (?:you|there)|how|what|the|which|to)\b)/gi,
    rule: 'injected-instruction',
    level: 'warning',
    message: 'The agent is to keep something from the user.',
  },
  {
    pattern:
      /\b(?:send|upload|post|exfiltrate|forward|transmit|include|append|paste|e-?mail)\b[^.\n]{0,80}(?:\.env\b|\.ssh\b|id_rsa|\.aws\/credentials|\.npmrc|private keys?\b|api keys?\b|access tokens?\b|credentials\b|environment variables\b)[^.\n]{0,80}\b(?:to|at)\s{1,3}(?:https?:\/\/(?!localhost|127\.0\.0\.1)|[\w.+-]{1,60}@)/gi,
    rule: 'injected-instruction',
    level: 'error',
    message: 'The agent is to send credentials away.',
  },
  {
    pattern: /--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo\b/g,
    rule: 'approval-off',
    level: 'note',
    message: 'A command that switches confirmations off.',
  },
]

function* orders(text: string): Generator<RawFinding> {
  for (const { pattern, rule, level, message } of ORDERS) {
    for (const match of text.matchAll(pattern)) {
      yield { rule, level, start: match.index, end: match.index + match[0].length, message }
    }
  }
  for (const match of text.matchAll(/[^\n]{1,2000}/g)) {
    if (!isDownloadAndRun(match[0])) continue
    const message = 'The agent is told to download something and run it.'
    yield {
      rule: 'downloads-and-runs',
      level: KNOWN_INSTALLER.test(match[0]) ? 'note' : 'warning',
      start: match.index,
      end: match.index + match[0].length,
      message,
    }
  }
}
