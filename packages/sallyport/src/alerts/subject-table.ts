import { NetworkSet } from './network-set.ts'
import { Series } from './series.ts'

export const MEASURES = ['requests', 'tokens', 'denied', 'injections', 'authFailures', 'upstreamFailures'] as const
export type Measure = (typeof MEASURES)[number]

/** All that is counted about one key, person, network or rule. */
export class Subject {
  readonly name: string
  readonly #warmUp: number
  readonly #series = new Map<Measure, Series>()
  #networks: NetworkSet | undefined
  touched = -1

  constructor(name: string, warmUp: number) {
    this.name = name
    this.#warmUp = warmUp
  }

  of(measure: Measure): Series {
    let series = this.#series.get(measure)
    if (series === undefined) this.#series.set(measure, (series = new Series(this.#warmUp)))
    return series
  }

  known(measure: Measure): Series | undefined {
    return this.#series.get(measure)
  }

  get networks(): NetworkSet {
    return (this.#networks ??= new NetworkSet())
  }
}

/** Subjects by name, at most so many: the one unseen longest is forgotten first. */
export class SubjectTable {
  readonly #subjects = new Map<string, Subject>()
  readonly #max: number
  readonly #warmUp: number

  constructor(max: number, warmUp: number) {
    this.#max = max
    this.#warmUp = warmUp
  }

  get size(): number {
    return this.#subjects.size
  }

  find(name: string): Subject | undefined {
    return this.#subjects.get(name)
  }

  at(name: string, interval: number): Subject {
    let subject = this.#subjects.get(name)
    if (subject?.touched === interval) return subject
    // Once an interval it moves to the end of the queue: order enough, and the rest of the time a look-up.
    if (subject === undefined) subject = new Subject(name, this.#warmUp)
    else this.#subjects.delete(name)
    subject.touched = interval
    this.#subjects.set(name, subject)
    if (this.#subjects.size > this.#max) {
      for (const oldest of this.#subjects.keys()) {
        this.#subjects.delete(oldest)
        break
      }
    }
    return subject
  }

  /** The subjects seen in an interval, the latest first. */
  *touchedIn(interval: number): Generator<Subject> {
    for (const subject of [...this.#subjects.values()].reverse()) {
      if (subject.touched === interval) yield subject
    }
  }
}
