import { type LabelledText, labelled } from './corpus.ts'
import { composePayloads } from './compose-payloads.ts'
import { generateTexts } from './generate.ts'
import { Random } from './random.ts'
import { readFolder } from './read-rows.ts'

export interface Corpus {
  /** Labelled rows of the data sets, capped per family and label. */
  readonly rows: readonly LabelledText[]
  readonly generated: readonly LabelledText[]
  readonly heldOut: readonly LabelledText[]
}

export interface CorpusSettings {
  readonly data: string
  readonly withUnclearLicence: boolean
  /** Rows of one family and label at most: no source may dominate. */
  readonly cap: number
  /** Rounds of generated texts per language, for training and held out. */
  readonly rounds: number
  readonly seed: number
  /** Leaves out the generated texts for training, for those who only measure. */
  readonly onlyHeldOut?: boolean
}

/** Documents that each bare payload is put into. */
const COPIES = 3

/** Everything a training run reads. The same settings give the same corpus. */
export function assembleCorpus(settings: CorpusSettings): Corpus {
  const source = [
    ...readFolder(settings.data, 'train'),
    ...(settings.withUnclearLicence ? readFolder(settings.data, 'train-unclear-licence') : []),
  ]
  const random = new Random(settings.seed)
  const all = labelled(source)
  const groups = groupBy(all, ({ family, attack }) => `${family} ${attack}`)
  const rows = [...groups.values()].flatMap((group) => random.sample(group, settings.cap))
  const documents = groupBy(
    all.filter(
      ({ attack, kind, text }) =>
        !attack && /document|structured|multilingual|agent_instr|security_or|message/.test(kind) && text.length > 60,
    ),
    ({ lang }) => lang.slice(0, 2),
  )
  const carriers = new Map([...documents].map(([lang, list]) => [lang, list.map(({ text }) => text)]))
  const requests = all
    .filter(
      ({ attack, kind, text, lang }) =>
        !attack && kind === 'benign_prompt' && lang.startsWith('en') && text.length < 220,
    )
    .map(({ text }) => text)
  const half = Math.floor(requests.length * 0.8)
  const generate = (part: 'training' | 'held-out', count: number): LabelledText[] =>
    generateTexts({
      seed: settings.seed + (part === 'training' ? 1 : 2),
      part,
      count,
      documents: new Map(
        [...carriers].map(([lang, list]) => [
          lang,
          list.filter((_, index) => (index % 5 === 4) === (part === 'held-out')),
        ]),
      ),
      requests: part === 'training' ? requests.slice(0, half) : requests.slice(half),
    })
  const plainDocuments = (carriers.get('en') ?? []).filter((_, index) => index % 5 !== 4)
  return {
    rows,
    generated: settings.onlyHeldOut
      ? []
      : [
          ...generate('training', settings.rounds),
          ...composePayloads(source, plainDocuments, requests.slice(0, half), COPIES, new Random(settings.seed + 3)),
        ],
    heldOut: generate('held-out', Math.ceil(settings.rounds / 4)),
  }
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
