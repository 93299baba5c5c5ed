import type { Rule } from '../../../guard/rule.ts'
import { delimiters } from './delimiters.ts'
import { encoded } from './encoded.ts'
import { extraction } from './extraction.ts'
import { indirect } from './indirect.ts'
import { outputSteering } from './output-steering.ts'
import { override } from './override.ts'
import { extractionParaphrases, overrideParaphrases, personaParaphrases } from './paraphrases.ts'
import { persona } from './persona.ts'
import { reader } from './reader.ts'
import { refusalSuppression } from './refusal-suppression.ts'
import { toolSteering } from './tool-steering.ts'

export const englishRules: readonly Rule[] = [
  ...override,
  ...overrideParaphrases,
  ...delimiters,
  ...persona,
  ...personaParaphrases,
  ...extraction,
  ...extractionParaphrases,
  ...refusalSuppression,
  ...outputSteering,
  ...indirect,
  ...reader,
  ...toolSteering,
  ...encoded,
]
