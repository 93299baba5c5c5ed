export { contentPolicy } from './content-policy.ts'
export {
  moderationMatches,
  type ModerationModel,
  type ModerationOpinion,
  type ModerationOptions,
} from './moderation.ts'
export { type ContentPolicyOptions, type Topic, TOPICS } from './options.ts'
