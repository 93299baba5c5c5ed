import { type Check, notApplicable } from '../item.ts'

export const misinformation: Check = {
  id: 'llm07-misinformation',
  run: () => notApplicable('Whether answers are true cannot be probed from here.'),
}
