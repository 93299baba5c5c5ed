import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { holdsSecret, scorePrompt } from '../score-prompt.ts'

export const systemPrompt: Check = {
  id: 'system-prompt',
  run: async ({ systemPrompt: text }) => {
    if (text === undefined) return notApplicable('No system prompt was given (--system-prompt).')
    const { score, has, lacks } = scorePrompt(text)
    if (await holdsSecret(text))
      return fail(
        'The system prompt holds a credential: whoever gets the prompt gets it.',
        'Take it out; a prompt is no place for secrets.',
      )
    const evidence = `${score} of 100. Says: ${has.join('; ') || 'nothing of it'}. Does not say: ${lacks.join('; ') || 'nothing is missing'}.`
    return score >= 70 ? pass(evidence) : score >= 35 ? warn(evidence) : fail(evidence)
  },
}
