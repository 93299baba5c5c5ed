import type { ViewName } from '../guard/rule.ts'
import { FoldedView } from './folded-view.ts'
import { LeetView } from './leet-view.ts'
import { OriginalView } from './original-view.ts'
import { SkeletonView } from './skeleton-view.ts'
import type { ViewStream } from './view.ts'

/** A view that is a text of its own, as opposed to the decoded runs. */
export type TextViewName = Exclude<ViewName, 'decoded'>

/** Opens one view of a text. */
export function openView(name: TextViewName): ViewStream {
  switch (name) {
    case 'original':
      return new OriginalView()
    case 'folded':
      return new FoldedView()
    case 'skeleton':
      return new SkeletonView()
    case 'leet':
      return new LeetView()
    default:
      return name satisfies never
  }
}

/**
 * Opens several views of the same text, in the order named; `decoded` is left out, `openDecoder` is for that. They share
 * the work of folding, so every chunk must be pushed to each of them, in the same order; with the first push of a chunk
 * all of them take it.
 *
 * A view that does not differ from the one it derives from shares its text and its trimming.
 */
export function openViews(names: readonly ViewName[]): ViewStream[] {
  const wantsSkeleton = names.includes('skeleton') || names.includes('leet')
  const folded = new FoldedView(wantsSkeleton)
  const skeleton = new SkeletonView(folded)
  const leet = new LeetView(folded, skeleton)
  const deepest = names.includes('leet') ? leet : wantsSkeleton ? skeleton : folded
  const feed = new Feed(deepest)
  const views = { original: new OriginalView(), folded, skeleton, leet }
  return names
    .filter((name) => name !== 'decoded')
    .map((name) => (name === 'original' ? views.original : new FedView(views[name], feed)))
}

/** Pushes each chunk once into the view that all others of the group feed. */
class Feed {
  readonly #deepest: ViewStream
  #count = 0

  constructor(deepest: ViewStream) {
    this.#deepest = deepest
  }

  push(nth: number, chunk: string, end: boolean): void {
    if (nth !== this.#count) return
    this.#count++
    this.#deepest.push(chunk, end)
  }
}

class FedView implements ViewStream {
  readonly name: ViewName
  readonly #view: ViewStream
  readonly #feed: Feed
  #pushes = 0

  constructor(view: ViewStream, feed: Feed) {
    this.name = view.name
    this.#view = view
    this.#feed = feed
  }

  get text(): string {
    return this.#view.text
  }

  get base(): number {
    return this.#view.base
  }

  get consumed(): number {
    return this.#view.consumed
  }

  get differs(): boolean {
    return this.#view.differs
  }

  push(chunk: string, end: boolean): void {
    this.#feed.push(this.#pushes++, chunk, end)
  }

  startAt(index: number): number {
    return this.#view.startAt(index)
  }

  endAt(index: number): number {
    return this.#view.endAt(index)
  }

  trim(index: number): void {
    this.#view.trim(index)
  }
}
