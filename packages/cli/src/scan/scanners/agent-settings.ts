import { isLoopback } from '@sallyport/gateway'
import { isDownloadAndRun } from '../commands.ts'
import type { RawFinding } from '../finding.ts'
import { isRecord, type JsonFile, readJson, stringsOf } from '../json-file.ts'
import { findServerRisks, serversOf, unreadable } from './mcp-config.ts'
import type { Scanner } from './scanner.ts'

/** Settings of coding agents and editors that say what an agent may do unasked. */
export const scanAgentSettings: Scanner = (file) => {
  if (file.kind !== 'agent-settings') return []
  if (file.path.endsWith('.toml')) return [...codexRisks(file.text)]
  if (/\.ya?ml$/.test(file.path)) return [...aiderRisks(file.text)]
  const json = readJson(file)
  if (json === undefined) return [unreadable(file.text)]
  if (!isRecord(json.value)) return []
  const own = file.path.endsWith('.vscode/tasks.json')
    ? taskRisks(json, json.value)
    : file.path.endsWith('.vscode/settings.json')
      ? editorRisks(json, json.value)
      : file.path.endsWith('devcontainer.json')
        ? containerRisks(json, json.value)
        : [...agentRisks(json, json.value), ...otherAgentRisks(json, json.value)]
  return [...own, ...findServerRisks(json, serversOf(json.value))]
}

function* agentRisks(json: JsonFile, value: Readonly<Record<string, unknown>>): Generator<RawFinding> {
  const permissions = isRecord(value['permissions']) ? value['permissions'] : {}
  const allowed = Array.isArray(permissions['allow']) ? permissions['allow'] : []
  for (const [index, rule] of allowed.entries()) {
    if (typeof rule !== 'string' || !runsAnything(rule)) continue
    const message = 'This rule lets the agent run any command, or any tool, without a question.'
    yield { rule: 'unbounded-tool', level: 'error', ...json.spanOf(['permissions', 'allow', index]), message }
  }
  for (const path of [['permissions', 'defaultMode'], ['defaultMode']]) {
    const mode = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value)
    if (mode !== 'bypassPermissions') continue
    const message = 'The agent never asks (bypassPermissions).'
    yield { rule: 'approval-off', level: 'error', ...json.spanOf(path), message }
  }
  if (value['enableAllProjectMcpServers'] === true) {
    const message = 'Every MCP server that the repository names is started.'
    yield { rule: 'trusts-project-servers', level: 'warning', ...json.spanOf(['enableAllProjectMcpServers']), message }
  }
  const environment = isRecord(value['env']) ? value['env'] : {}
  for (const [name, address] of Object.entries(environment)) {
    if (!/^[A-Z]+(?:_API)?_BASE_URL$|^OPENAI_API_BASE$/.test(name) || typeof address !== 'string') continue
    if (URL.canParse(address) && isLoopback(new URL(address).hostname)) continue
    const message = `${name} sends every request, with the user's key, to an address the repository chose.`
    yield { rule: 'redirects-model', level: 'error', ...json.spanOf(['env', name]), message }
  }
  for (const { path, command } of commandsIn(value['hooks'], ['hooks'])) {
    if (!isDownloadAndRun(command)) continue
    const message = 'A hook of the agent downloads something and runs it.'
    yield { rule: 'downloads-and-runs', level: 'error', ...json.spanOf(path), message }
  }
  const tools = isRecord(value['tools']) ? value['tools'] : {}
  if (value['autoAccept'] === true || tools['autoAccept'] === true || value['approvalMode'] === 'yolo') {
    const message = 'The agent runs its tools without a question.'
    yield { rule: 'approval-off', level: 'error', ...json.spanOf(['autoAccept']), message }
  }
}

/** `Bash`, `Bash(*)`, `Bash(:*)`, `Shell(*)`, `*`, and interpreters that run whatever they are given. */
function runsAnything(rule: string): boolean {
  return /^(?:\*|(?:Bash|Shell|PowerShell|run_shell_command)(?:\(\s*(?:\*{1,2}|:\*|(?:bash|sh|zsh|eval|sudo|python3?|node)(?::\*| -\w{0,3}c?:?\s?\*| \*))\s*\))?)$/.test(
    rule,
  )
}

function* commandsIn(
  value: unknown,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; command: string }> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* commandsIn(item, [...path, index])
  else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'command' && typeof inner === 'string') yield { path: [...path, key], command: inner }
      else yield* commandsIn(inner, [...path, key])
    }
  }
}

function* editorRisks(json: JsonFile, value: Readonly<Record<string, unknown>>): Generator<RawFinding> {
  for (const key of [
    'chat.tools.autoApprove',
    'chat.tools.global.autoApprove',
    'cursor.yolo',
    'roo-cline.alwaysAllowExecute',
  ] as const) {
    if (value[key] !== true) continue
    const message = 'The editor runs every tool of its agent without a question.'
    yield { rule: 'approval-off', level: 'error', ...json.spanOf([key]), message }
  }
  const terminal = value['chat.tools.terminal.autoApprove']
  if (
    isRecord(terminal) &&
    Object.entries(terminal).some(([pattern, on]) => on === true && /^(?:\/?\.\*\/?|\*|\/\^?\.\*\$?\/)$/.test(pattern))
  ) {
    const message = 'Every terminal command of the agent runs without a question.'
    yield { rule: 'unbounded-tool', level: 'error', ...json.spanOf(['chat.tools.terminal.autoApprove']), message }
  }
  for (const pattern of stringsOf(value['roo-cline.allowedCommands'])) {
    if (pattern !== '*') continue
    const message = 'Every terminal command of the agent runs without a question.'
    yield { rule: 'unbounded-tool', level: 'error', ...json.spanOf(['roo-cline.allowedCommands']), message }
  }
}

function* taskRisks(json: JsonFile, value: Readonly<Record<string, unknown>>): Generator<RawFinding> {
  const tasks = Array.isArray(value['tasks']) ? value['tasks'] : []
  for (const [index, task] of tasks.entries()) {
    if (!isRecord(task) || !isRecord(task['runOptions']) || task['runOptions']['runOn'] !== 'folderOpen') continue
    const command = [task['command'], ...stringsOf(task['args'])].filter((part) => typeof part === 'string').join(' ')
    const level = isDownloadAndRun(command) ? 'error' : 'warning'
    const message = 'The task starts when the folder is opened.'
    yield { rule: 'runs-on-open', level, ...json.spanOf(['tasks', index]), message }
  }
}

/** OpenCode and Zed, in their own words. */
function* otherAgentRisks(json: JsonFile, value: Readonly<Record<string, unknown>>): Generator<RawFinding> {
  const { permission } = value
  const shell = isRecord(permission) ? permission['bash'] : permission
  if (shell === 'allow' || (isRecord(shell) && shell['*'] === 'allow')) {
    const message = 'Every terminal command of the agent runs without a question.'
    yield { rule: 'unbounded-tool', level: 'error', ...json.spanOf(['permission', 'bash']), message }
  }
  const agent = isRecord(value['agent']) ? value['agent'] : {}
  if (agent['always_allow_tool_actions'] === true) {
    const message = 'The editor runs every tool of its agent without a question.'
    yield { rule: 'approval-off', level: 'error', ...json.spanOf(['agent', 'always_allow_tool_actions']), message }
  }
}

/** The first of these commands runs on the machine itself, the others in the container. */
const CONTAINER_COMMANDS = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
] as const

function* containerRisks(json: JsonFile, value: Readonly<Record<string, unknown>>): Generator<RawFinding> {
  for (const key of CONTAINER_COMMANDS) {
    const given = value[key]
    const lines = isRecord(given) ? Object.values(given) : [given]
    const commands = lines.map((line) => (typeof line === 'string' ? line : stringsOf(line).join(' ')))
    if (commands.some(isDownloadAndRun)) {
      const message = 'Opening the folder in its container downloads something and runs it.'
      yield { rule: 'downloads-and-runs', level: 'warning', ...json.spanOf([key]), message }
    } else if (key === 'initializeCommand' && commands.some((command) => command !== '')) {
      const message = 'The command runs on the machine itself when the folder is opened.'
      yield { rule: 'runs-on-open', level: 'warning', ...json.spanOf([key]), message }
    }
  }
}

function* aiderRisks(text: string): Generator<RawFinding> {
  const always = /^yes-always:\s{0,8}true\b/m.exec(text)
  if (always === null) return
  const message = 'The agent runs its tools without a question.'
  yield { rule: 'approval-off', level: 'error', start: always.index, end: always.index + always[0].length, message }
}

/** Read by line: the two keys that matter are top-level strings. */
function* codexRisks(text: string): Generator<RawFinding> {
  const never = /^\s{0,8}approval_policy\s{0,8}=\s{0,8}["']never["']/m.exec(text)
  const open = /^\s{0,8}sandbox_mode\s{0,8}=\s{0,8}["']danger-full-access["']/m.exec(text)
  if (open !== null) {
    const level = never === null ? 'warning' : 'error'
    const message =
      never === null ? 'The agent works outside a sandbox.' : 'The agent works outside a sandbox and never asks.'
    yield { rule: 'approval-off', level, start: open.index, end: open.index + open[0].length, message }
  }
  for (const match of text.matchAll(/^\[mcp_servers\.[^\]\n]{1,200}\](?:\n(?!\s{0,8}\[)[^\n]*)*/gm)) {
    const command = /^\s{0,8}command\s{0,8}=\s{0,8}"([^"\n]*)"/m.exec(match[0])?.[1] ?? ''
    const args = [...(/^\s{0,8}args\s{0,8}=\s{0,8}\[([^\]]*)\]/m.exec(match[0])?.[1] ?? '').matchAll(/"([^"\n]*)"/g)]
    const place: JsonFile = {
      value: undefined,
      spanOf: () => ({ start: match.index, end: match.index + match[0].length }),
    }
    const server = { command, args: args.map(([, arg = '']) => arg) }
    yield* findServerRisks(place, [{ path: [], name: '', server }])
  }
}
