import type { CorpusSettings } from './assemble.ts'

/** What the shipped model was trained with. */
export const CORPUS_SETTINGS: Omit<CorpusSettings, 'data' | 'withUnclearLicence'> = { cap: 600, rounds: 170, seed: 7 }
