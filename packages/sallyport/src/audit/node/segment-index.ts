import { readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { nodeFiles } from './file-layer.ts'
import { isSignedBy, readPublicKey } from './signing-key.ts'
import type { Signed } from './signing-key.ts'

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

export interface IndexStatement {
  readonly kind: 'index'
  /** File name of the segment. */
  readonly segment: string
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

  /** The finished index, to be signed: a forged one could hide records from a search. */
  finish(segmentPath: string): IndexStatement {
    if (this.#records > 0) this.#end()
    return { kind: 'index', segment: basename(segmentPath), size: this.#offset, blocks: this.#blocks }
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
 * The parts of a segment that can hold what is looked for. Without a signed index that fits (the newest segment has none
 * yet) that is all of it: an index only ever makes a search faster.
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

function readIndex(segmentPath: string): IndexStatement | undefined {
  try {
    const index = JSON.parse(readFileSync(indexPath(segmentPath), 'utf8')) as Signed<IndexStatement>
    const key = readPublicKey(nodeFiles, dirname(segmentPath))
    const isOurs = key !== undefined && isSignedBy(key, index) && index.statement.kind === 'index'
    return isOurs && index.statement.segment === basename(segmentPath) ? index.statement : undefined
  } catch {
    return undefined
  }
}
