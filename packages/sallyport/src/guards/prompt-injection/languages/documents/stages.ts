import type { Stage } from '../../../../guard/stage.ts'

/** Documents and tool results: nobody there has orders to give. */
export const DOCUMENTS: readonly Stage[] = ['retrieval', 'tool-result']
