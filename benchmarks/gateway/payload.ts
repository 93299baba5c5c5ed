const SENTENCES = [
  'The committee met on Tuesday to talk about the new bridge over the river. ',
  'Most of the neighbors liked the plan, although some asked about the noise in the morning. ',
  'A second meeting will look at the cost of lighting and at the width of the path for bicycles. ',
  'Until then the drawings hang in the library, where everybody can write down what they think. ',
  'Work could begin in spring if the weather allows it and the last permits arrive in time. ',
  'The old bridge stays open for people on foot until the new one carries its first bus. ',
]

/** Ordinary prose of a length: 200 characters in, 500 characters out is the payload of the bar in DESIGN.md. */
export function prose(length: number): string {
  let text = ''
  for (let index = 0; text.length < length; index++) text += SENTENCES[index % SENTENCES.length] ?? ''
  return text.slice(0, length)
}

export function answerOf(): string {
  return prose(500)
}

/** The answer in pieces of about a token. */
export const ANSWER_PIECES: readonly string[] = answerOf().match(/\s?\S{1,8}|\s/g) ?? []

/** A test card number (valid checksum, belongs to nobody), put together so that scanners do not find it in the file. */
const CARD = ['4111', '1111', '1111', '1111'].join('')

export function requestOf(characters: number, stream: boolean, hasFinding = false): string {
  const content = hasFinding ? `My card is ${CARD}. ${prose(characters)}` : prose(characters)
  return JSON.stringify({ model: 'mock', messages: [{ role: 'user', content }], stream })
}
