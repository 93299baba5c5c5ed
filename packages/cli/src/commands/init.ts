import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Readable } from 'node:stream'
import { PRESET_NAMES, type PresetName } from 'sallyport'
import { makeFolder } from 'sallyport/audit'
import { describeProblems } from 'sallyport/config'
import { starterConfig, starterEnvironment, type StarterAnswers, withIgnored } from '../config/starter.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { loadConfig } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

export interface InitOptions {
  readonly dir?: string
  readonly preset?: PresetName
  readonly upstream?: string
  readonly keyVariable?: string
  readonly models?: readonly string[]
  readonly maxTokens?: number
  readonly port?: number
  readonly yes?: boolean
  readonly force?: boolean
}

/** `sallyport init`: a few questions, then `sallyport.yaml`, `.env.example` and what git must ignore. */
export async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = resolve(options.dir ?? '.')
  const files = { config: join(folder, 'sallyport.yaml'), environment: join(folder, '.env.example') }
  // Before the questions: nobody should answer them in vain.
  if (existsSync(files.config) && options.force !== true) {
    throw new UsageError(`${files.config} exists already. Use --force to write it anew, or --dir for another folder.`)
  }
  const answers = options.yes === true ? unasked(options) : await ask(options, terminal)
  const config = starterConfig(answers)
  const loaded = loadConfig(config)
  if (!loaded.ok)
    throw new UsageError(
      `These answers make no valid configuration:\n${describeProblems('sallyport.yaml', loaded.problems)}`,
    )
  makeFolder(folder, 0o777)
  writeFileSync(files.config, config, { flag: options.force === true ? 'w' : 'wx' })
  const written = ['sallyport.yaml']
  // A project may have one of its own, which is worth more than ours.
  if (options.force === true || !existsSync(files.environment)) {
    writeFileSync(files.environment, starterEnvironment(answers))
    written.push('.env.example')
  }
  if (ignoreSecrets(folder)) written.push('.gitignore (ignores .env and data/)')
  report(folder, answers, written, terminal)
  return EXIT.done
}

const OPENAI = 'https://api.openai.com/v1'

/** Answers from options and defaults alone. */
function unasked({ preset, upstream, keyVariable, models, maxTokens, port }: InitOptions): StarterAnswers {
  const url = checkedUrl(upstream)
  return {
    preset: preset ?? 'recommended',
    ...(url === undefined ? {} : { upstream: url, ...keyOf(keyVariable ?? defaultVariable(url)) }),
    models: models ?? (url === undefined ? [] : ['*']),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    port: port ?? 8_711,
  }
}

/** Asks for what no option says. An empty line, or the end of the input, takes the default. */
async function ask(options: InitOptions, terminal: Terminal): Promise<StarterAnswers> {
  const reader = createInterface({ input: Readable.from(terminal.in), crlfDelay: Infinity })
  const lines = reader[Symbol.asyncIterator]()
  const question = async (text: string, fallback: string): Promise<string> => {
    terminal.err.write(`${text} [${fallback}] `)
    const line = await lines.next()
    const answer = line.done === true ? '' : line.value.trim()
    if (!terminal.isInteractive) terminal.err.write('\n')
    return answer === '' ? fallback : answer
  }
  try {
    const preset = options.preset ?? presetNamed(await question(`Preset (${PRESET_NAMES.join(', ')})`, 'recommended'))
    const upstream =
      options.upstream ??
      (await question(`Base URL of an OpenAI-compatible API, e.g. ${OPENAI}; none for the demo model`, 'none'))
    const url = checkedUrl(upstream)
    const keyVariable =
      url === undefined
        ? undefined
        : (options.keyVariable ?? (await question('Variable with its key, or none', defaultVariable(url))))
    const models =
      url === undefined
        ? undefined
        : (options.models ??
          (await question('Models callers may name, with commas; * for all', '*'))
            .split(',')
            .map((name) => name.trim()))
    const port = options.port ?? Number(await question('Port', '8711'))
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError('A port is a number from 0 to 65535.')
    return unasked({
      ...options,
      preset,
      upstream,
      ...(keyVariable === undefined ? {} : { keyVariable }),
      ...(models === undefined ? {} : { models }),
      port,
    })
  } finally {
    reader.close()
  }
}

function presetNamed(name: string): PresetName {
  const known = PRESET_NAMES.find((each) => each === name)
  if (known === undefined) throw new UsageError(`The presets are ${PRESET_NAMES.join(', ')}.`)
  return known
}

function checkedUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === 'none') return undefined
  if (/^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text)) return text
  throw new UsageError(`The base URL must begin with https:// (or http://), e.g. ${OPENAI}.`)
}

function keyOf(variable: string): { readonly keyVariable?: string } {
  if (variable === 'none') return {}
  if (/^[A-Za-z_]\w*$/.test(variable)) return { keyVariable: variable }
  throw new UsageError('Give the name of a variable such as OPENAI_API_KEY, never the key itself.')
}

/** An API on this machine seldom asks for a key. */
function defaultVariable(url: string): string {
  const { hostname } = new URL(url)
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? 'none' : 'OPENAI_API_KEY'
}

/** True when the ignore file had to be written. */
function ignoreSecrets(folder: string): boolean {
  const file = join(folder, '.gitignore')
  const text = withIgnored(existsSync(file) ? readFileSync(file, 'utf8') : '')
  if (text !== undefined) writeFileSync(file, text)
  return text !== undefined
}

function report(folder: string, { keyVariable }: StarterAnswers, written: readonly string[], { out }: Terminal): void {
  out.write(`Written in ${folder}: ${written.join(', ')}\n`)
  out.write('Next:\n')
  if (keyVariable !== undefined) out.write(`  export ${keyVariable}=…    the key of the provider\n`)
  out.write('  sallyport config check\n')
  out.write('  sallyport serve\n')
}
