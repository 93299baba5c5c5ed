import { readFileSync, statSync } from 'node:fs'

/** Records one block of an index stands for. */
const BLOCK_RECORDS = 1_000

/** What a run of records holds. */
interface Block {
  readonly offset: number
  readonly end: number
  /** Earliest and latest event. */
  readonly from: string
  readonly to: string
  readonly types: readonly string[]
}

interface IndexFile {
  readonly format: 1
  /** Size of the segment the index was made for. */
  readonly size: number
  readonly blocks: readonly Block[]
}

/** Builds the index of a segment while it is written, so that nobody has to read it again. */
export class SegmentIndex {
  readonly #blocks: Block[] = []
  #offset = 0
  #records = 0
  #start = 0
  #from = ''
  #to = ''
  #types = new Set<string>()

  add(type: string, time: string, bytes: number): void {
    if (this.#from === '' || time < this.#from) this.#from = time
    if (time > this.#to) this.#to = time
    this.#types.add(type)
    this.#offset += bytes
    if (++this.#records >= BLOCK_RECORDS) this.#end()
  }

  /** The finished index, as the content of its file. */
  finish(): string {
    if (this.#records > 0) this.#end()
    const index: IndexFile = { format: 1, size: this.#offset, blocks: this.#blocks }
    return `${JSON.stringify(index)}\n`
  }

  #end(): void {
    const { from, to } = { from: this.#from, to: this.#to }
    this.#blocks.push({ offset: this.#start, end: this.#offset, from, to, types: [...this.#types] })
    this.#start = this.#offset
    this.#records = 0
    this.#from = ''
    this.#to = ''
    this.#types = new Set()
  }
}

export function indexPath(segmentPath: string): string {
  return segmentPath.replace(/\.jsonl$/, '.index.json')
}

export interface BlockFilter {
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
}

/**
 * The parts of a segment that can hold what is looked for. Without an index that fits (the newest segment has none yet)
 * that is all of it: an index only ever makes a search faster.
 */
export function blocksOf(
  segmentPath: string,
  filter: BlockFilter,
): { readonly offset: number; readonly end: number }[] {
  const size = statSync(segmentPath).size
  const index = readIndex(segmentPath)
  if (index?.size !== size) return [{ offset: 0, end: size }]
  const runs: { offset: number; end: number }[] = []
  for (const { offset, end } of index.blocks.filter((block) => canMatch(block, filter))) {
    const last = runs.at(-1)
    if (last?.end === offset) last.end = end
    else runs.push({ offset, end })
  }
  return runs
}

function canMatch({ from, to, types }: Block, filter: BlockFilter): boolean {
  if (filter.from !== undefined && to < filter.from) return false
  if (filter.to !== undefined && from >= filter.to) return false
  return filter.types === undefined || filter.types.some((type) => types.includes(type))
}

function readIndex(segmentPath: string): IndexFile | undefined {
  try {
    return JSON.parse(readFileSync(indexPath(segmentPath), 'utf8')) as IndexFile
  } catch {
    return undefined
  }
}
