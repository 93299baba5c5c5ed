export {
  transformersClassifier,
  type TextClassifier,
  type TransformersClassifierOptions,
} from './transformers-classifier.ts'
export { llmJudge, type JudgeModel, type LlmJudgeOptions } from './llm-judge.ts'
export type { Opinion, OpinionRequest, SecondOpinion } from '../guard/second-opinion.ts'
