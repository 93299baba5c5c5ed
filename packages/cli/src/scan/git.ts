import { spawnSync } from 'node:child_process'

/**
 * How git is called on a repository that nobody vouches for: nothing that it configures runs, no hooks, pagers, external diffs,
 * filters, monitors or fetching.
 */
export const SAFE_CONFIG = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
  'diff.external=',
  'core.pager=cat',
  'protocol.allow=never',
  'core.attributesFile=/dev/null',
  'core.quotePath=false',
].flatMap((setting) => ['-c', setting])

/** `isHook`: git has told by its variables which index is being committed. */
export function safeEnvironment(isHook = false): NodeJS.ProcessEnv {
  const { PATH = '', GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE } = process.env
  const told = Object.entries({ GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE }).filter(([, value]) => value !== undefined)
  return {
    PATH,
    ...(isHook ? Object.fromEntries(told) : {}),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
  }
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

/** What a git command writes. Undefined when it fails: no git, no repository. */
export function runGit(folder: string, args: readonly string[], isHook = false): Buffer | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...SAFE_CONFIG, ...args], {
    env: safeEnvironment(isHook),
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: 30_000,
  })
  return status === 0 ? stdout : undefined
}

/** Names that git writes with `-z`. */
export function namesOf(output: Buffer | undefined): readonly string[] {
  return (output?.toString('utf8') ?? '').split('\0').filter((name) => name !== '')
}
