export { locateValues } from './locate-values.ts'
export { nearestWord } from './nearest-word.ts'
export {
  type ConfigProblem,
  describeProblems,
  type ParsedConfig,
  parseConfig,
  parseConfigOrThrow,
} from './parse-config.ts'
export { renderConfig } from './render-config.ts'
export { policySchema, PRESET_NAMES, type Policy, type PolicyInput, type PresetName } from './policy.ts'
