import type { Rule } from '../../../guard/rule.ts'
import { delimiters } from './delimiters.ts'
import { encoded } from './encoded.ts'
import { extraction } from './extraction.ts'
import { indirect } from './indirect.ts'
import { outputSteering } from './output-steering.ts'
import { override } from './override.ts'
import { persona } from './persona.ts'
import { refusalSuppression } from './refusal-suppression.ts'
import { toolSteering } from './tool-steering.ts'

export const englishRules: readonly Rule[] = [
  ...override,
  ...delimiters,
  ...persona,
  ...extraction,
  ...refusalSuppression,
  ...outputSteering,
  ...indirect,
  ...toolSteering,
  ...encoded,
]
