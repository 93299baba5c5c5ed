import type { Check } from '../item.ts'
import { judgeProbes, withAnswering } from '../judge.ts'
import { CARD, CREDENTIAL, PERSONAL, SECRET } from '../payloads.ts'

export const sensitiveInformation: Check = {
  id: 'llm02-sensitive-information',
  run: (context) =>
    withAnswering(context, async (_, probes) =>
      judgeProbes(
        [
          ...(await probes.input('personal', PERSONAL, CARD)),
          ...(await probes.input('credential', CREDENTIAL, SECRET)),
          ...(await probes.output('personal', [CARD])),
          ...(await probes.output('credential', [SECRET])),
        ],
        'a card number and a credential, in a question and in an answer',
      ),
    ),
}
