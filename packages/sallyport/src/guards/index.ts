import type { GuardDefinition } from '../guard/guard.ts'
import { pii } from './pii/index.ts'
import { promptInjection } from './prompt-injection/prompt-injection.ts'
import { secrets } from './secrets/index.ts'
import { unicode } from './unicode/index.ts'

export { pii, promptInjection, secrets, unicode }

/** Every guard there is. A preset says which are in force; a policy file names them by id. */
export const allGuards: readonly GuardDefinition[] = [unicode, promptInjection, pii, secrets]
