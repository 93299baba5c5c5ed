import { SallyportError } from '../errors/sallyport-error.ts'
import type { Opinion, SecondOpinion } from '../guard/second-opinion.ts'
import { invalid, type OpinionOptions, withDefaults } from './opinion-options.ts'

/** A text-classification pipeline of transformers.js, or anything that answers like one. */
export type TextClassifier = (text: string, options: { readonly top_k: null }) => Promise<unknown>

export interface TransformersClassifierOptions extends OpinionOptions {
  /** Name on the model hub, or a local folder with an ONNX export. Ignored when `load` is given. */
  readonly model: string
  /** Labels of the model that mean an attack, as in its `config.json`, e.g. `['INJECTION', 'JAILBREAK']`. */
  readonly attackLabels: readonly string[]
  /** Passed to `pipeline()`: `dtype`, `device`, `revision`, `local_files_only` … */
  readonly pipelineOptions?: Readonly<Record<string, unknown>>
  /** UTF-16 units of text given to the model at once. Default 1,500: what 512 tokens of prose hold. */
  readonly windowLength?: number
  /** Windows of one text at most, beginning and end first. Default 8. */
  readonly maxWindows?: number
  /** Loads the pipeline. Default: `pipeline('text-classification', model)` of `@huggingface/transformers`. */
  readonly load?: () => Promise<TextClassifier>
}

/**
 * A classifier of your own as second opinion, run in this process by `@huggingface/transformers` (install it beside
 * this package). The model is loaded at the first question and kept.
 *
 * @example
 * ```ts
 * const shield = createShield('recommended', {
 *   secondOpinions: [transformersClassifier({ model: './models/guard', attackLabels: ['INJECTION'] })],
 * })
 * ```
 * @throws SallyportError `invalid-options`
 */
export function transformersClassifier(options: TransformersClassifierOptions): SecondOpinion {
  const { model, attackLabels, pipelineOptions = {}, windowLength = 1_500, maxWindows = 8 } = options
  if (attackLabels.length === 0) throw invalid('attackLabels', 'must name at least one label')
  if (!(windowLength >= 100)) throw invalid('windowLength', 'must be at least 100')
  if (!(maxWindows >= 1)) throw invalid('maxWindows', 'must be at least 1')
  const load = options.load ?? (() => loadPipeline(model, pipelineOptions))
  let loading: Promise<TextClassifier> | undefined
  const classifier = (): Promise<TextClassifier> => {
    loading ??= load().catch((error: unknown) => {
      // The next question tries again: a model folder may have been mounted late.
      loading = undefined
      throw error
    })
    return loading
  }
  return {
    ...withDefaults(options, { id: 'classifier', timeoutMs: 2_000 }),
    ask: async ({ text }, signal) => {
      const classify = await classifier()
      const opinions: Opinion[] = []
      for (const { start, end } of windowsOf(text.length, windowLength, maxWindows)) {
        if (signal.aborted) break
        const answer = await classify(text.slice(start, end), { top_k: null })
        opinions.push({ start, end, confidence: attackScore(answer, attackLabels) })
      }
      return opinions
    },
  }
}

async function loadPipeline(model: string, options: Readonly<Record<string, unknown>>): Promise<TextClassifier> {
  // In a variable, so that neither the compiler nor a bundler asks for a package that is optional.
  const name = '@huggingface/transformers'
  let loaded: { readonly pipeline?: unknown }
  try {
    loaded = (await import(name)) as { readonly pipeline?: unknown }
  } catch (cause) {
    throw new SallyportError('invalid-options', `Install ${name} to use transformersClassifier.`, { cause })
  }
  if (typeof loaded.pipeline !== 'function')
    throw new SallyportError('invalid-options', `This ${name} has no pipeline().`)
  const pipeline = loaded.pipeline as (
    task: string,
    model: string,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<TextClassifier>
  return pipeline('text-classification', model, options)
}

/** Windows that overlap by a tenth; of a longer text those nearest to its ends, where attacks stand most often. */
function* windowsOf(length: number, size: number, most: number): Generator<{ start: number; end: number }> {
  const step = Math.ceil(size * 0.9)
  const count = length <= size ? 1 : Math.ceil((length - size) / step) + 1
  const shown = Math.min(count, most)
  const head = Math.ceil(shown / 2)
  for (let index = 0; index < shown; index++) {
    const window = index < head ? index : count - (shown - index)
    yield { start: window * step, end: Math.min(length, window * step + size) }
  }
}

/** The sum of what the attack labels got. An answer of another form, or without these labels, is a failure. */
function attackScore(answer: unknown, attackLabels: readonly string[]): number {
  const list: unknown = Array.isArray(answer) && Array.isArray(answer[0]) ? answer[0] : answer
  if (!Array.isArray(list)) throw new TypeError('The classifier answered in an unknown form.')
  let score: number | undefined
  for (const each of list as readonly { readonly label?: unknown; readonly score?: unknown }[]) {
    if (typeof each?.label !== 'string' || typeof each.score !== 'number')
      throw new TypeError('The classifier answered in an unknown form.')
    if (attackLabels.includes(each.label)) score = (score ?? 0) + each.score
  }
  if (score === undefined) throw new TypeError('The classifier knows none of the attack labels.')
  return Math.min(1, Math.max(0, score))
}
