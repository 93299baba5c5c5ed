import { isSample } from '../file-kind.ts'
import type { RawFinding } from '../finding.ts'
import type { Scanner } from './scanner.ts'

/** Where commands stand that somebody, or a machine, runs. */
const SCRIPT =
  /\.(?:sh|bash|zsh|fish|ps1|bat|cmd|ya?ml)$|(?:^|\/)(?:[\w.-]*Dockerfile[\w.-]*|Containerfile|Makefile|justfile|Procfile|package\.json)$/
const AGENT =
  /\b(?:claude|codex|gemini|qwen|opencode|cursor-agent|aider|copilot|amp|crush)\b[^\n#]{0,400}?(?:--dangerously-[a-z-]+|--yolo\b|--approval-mode[= ]yolo|--yes-always\b|--allow-all-tools\b)/g
/** Arguments of an agent's action, whose name stands elsewhere. */
const ARGUMENTS = /--dangerously-(?:skip-permissions|bypass-approvals-and-sandbox)\b/g

/** Coding agents that are started with every confirmation off. */
export const scanAgentCommands: Scanner = ({ path, kind, text }) => {
  if (!SCRIPT.test(path)) return []
  const level = isSample(path) ? 'note' : 'warning'
  return [...text.matchAll(AGENT), ...(kind === 'workflow' ? text.matchAll(ARGUMENTS) : [])].map(
    (match): RawFinding => ({
      rule: 'approval-off',
      level,
      start: match.index,
      end: match.index + match[0].length,
      message: 'An agent is started with its confirmations off.',
    }),
  )
}
