/** Streaming to a terminal: the text grows behind the gate, and no escape sequence of the model drives the screen. */
import { createSecureAgent, ioSchema, scriptedModel, secureText } from 'sallyport/agent'

const Answer = ioSchema('Answer', 'An answer in plain text.', { text: secureText({ injection: 'off', max: 4_000 }) })

const card = ['4111', '1111', '1111', '1111'].join(' ')
const model = scriptedModel([JSON.stringify({ text: `\u001B[2JYour card ${card} was charged once.` })])

const agent = createSecureAgent({ model, output: Answer })
const stream = agent.runStream({ message: 'What was charged?' })

let shown = ''
for await (const { text = '' } of stream) {
  // A partial object replaces the one before it; while a text grows, only its end is new.
  process.stdout.write(text.startsWith(shown) ? text.slice(shown.length) : `\n${text}`)
  shown = text
}
const result = await stream.result()
console.log(`\n${result.status}`)
