import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SallyportError } from '../errors/sallyport-error.ts'
import { ChatHistory } from './chat-history.ts'
import { ioSchema } from './io-schema.ts'
import { Media, mediaField } from './media.ts'

const Test = ioSchema('Test', 'A test message.', { test_field: z.string() })
const Nested = z.object({ nested_field: z.string(), nested_int: z.number() })
const ComplexInput = ioSchema('ComplexInput', 'Every kind of field.', {
  text_field: z.string(),
  number_field: z.number(),
  list_field: z.array(z.string()),
  nested_field: Nested,
})
const ComplexOutput = ioSchema('ComplexOutput', 'A table of objects.', {
  response_text: z.string(),
  calculated_value: z.number(),
  data_dict: z.record(z.string(), Nested),
})
const Pictures = ioSchema('Pictures', 'Pictures with words.', {
  question: z.string().optional(),
  images: z.array(z.union([mediaField('image'), z.string()])).default([]),
  documents: z.array(z.object({ pdf: mediaField('file'), owner: z.string() })).optional(),
})

const image = new Media({ kind: 'image', mediaType: 'image/png', url: 'https://example.com/a.png' })
const pdf = new Media({ kind: 'file', mediaType: 'application/pdf', url: 'data:application/pdf;base64,AAAA' })

const say = (history: ChatHistory, text: string): void => history.addMessage('user', { test_field: text }, Test)

describe('ChatHistory turns', () => {
  it('starts empty, without a turn', () => {
    const history = new ChatHistory({ maxMessages: 5 })
    expect([history.getMessageCount(), history.getCurrentTurnId(), history.maxMessages]).toEqual([0, null, 5])
    expect(new ChatHistory().maxMessages).toBeUndefined()
  })

  it('starts a turn by itself and keeps later messages in it until a new one begins', () => {
    const history = new ChatHistory()
    say(history, 'a')
    say(history, 'b')
    const [a, b] = history.messages
    expect(a?.turnId).toMatch(/^[0-9a-f-]{36}$/)
    expect(b?.turnId).toBe(a?.turnId)
    const turn = history.initializeTurn()
    say(history, 'c')
    expect(turn).not.toBe(a?.turnId)
    expect(history.messages.at(-1)?.turnId).toBe(turn)
  })

  it.each([
    [5, 7, ['Message 2', 'Message 3', 'Message 4', 'Message 5', 'Message 6']],
    [0, 3, []],
  ])('keeps the last %i messages of one long turn', (maxMessages, added, kept) => {
    const history = new ChatHistory({ maxMessages })
    for (let at = 0; at < added; at++) say(history, `Message ${at}`)
    expect(history.messages.map((message) => message.content)).toEqual(kept.map((test_field) => ({ test_field })))
  })

  it('keeps everything without a limit', () => {
    const history = new ChatHistory()
    for (let at = 0; at < 100; at++) say(history, `Message ${at}`)
    expect(history.getMessageCount()).toBe(100)
  })

  it.each([1, 2, 3, 4, 5, 6, 7])('never splits a turn when it trims to %i', (maxMessages) => {
    const history = new ChatHistory({ maxMessages })
    for (let turn = 0; turn < 6; turn++) {
      history.initializeTurn()
      for (const part of ['question', 'answer']) say(history, `${turn} ${part}`)
    }
    const texts = history.getHistory().map((message) => String(message.content))
    expect(texts.length).toBe(maxMessages === 1 ? 1 : maxMessages - (maxMessages % 2))
    if (maxMessages > 1) expect(texts[0]).toContain('question')
  })

  it('deletes a turn, and has no current one when it was the last', () => {
    const history = new ChatHistory()
    const first = history.initializeTurn()
    say(history, 'a')
    const second = history.initializeTurn()
    say(history, 'b')
    history.deleteTurnId(second)
    expect([history.getMessageCount(), history.getCurrentTurnId()]).toEqual([1, first])
    history.deleteTurnId(first)
    expect([history.getMessageCount(), history.getCurrentTurnId()]).toEqual([0, null])
    expect(() => history.deleteTurnId('non-existent-id')).toThrow('Turn ID non-existent-id not found in history.')
  })

  it('copies deeply', () => {
    const history = new ChatHistory({ maxMessages: 9 })
    history.addMessage('user', { test_field: 'a', inner: { list: [1] } }, Test)
    const copy = history.copy()
    expect(copy.messages).toEqual(history.messages)
    expect([copy.maxMessages, copy.getCurrentTurnId()]).toEqual([9, history.getCurrentTurnId()])
    const copied = copy.messages.map((message) => message.content as { inner: { list: number[] } })
    copied[0]?.inner.list.push(2)
    say(copy, 'only here')
    expect(history.messages[0]?.content).toEqual({ test_field: 'a', inner: { list: [1] } })
    expect(history.getMessageCount()).toBe(1)
  })
})

describe('ChatHistory as text', () => {
  it.each([
    [{ test_field: 'àéèï' }, '{"test_field":"àéèï"}'],
    [{ test_field: 'â' }, '{"test_field":"â"}'],
    [
      {
        text_field: 'Complex input',
        number_field: 2.718,
        list_field: ['a', 'b', 'c'],
        nested_field: { nested_field: 'Nested input', nested_int: 99 },
      },
      '{"text_field":"Complex input","number_field":2.718,"list_field":["a","b","c"],"nested_field":{"nested_field":"Nested input","nested_int":99}}',
    ],
    [
      {
        response_text: 'Complex output',
        calculated_value: 200,
        data_dict: {
          key1: { nested_field: 'Nested output 1', nested_int: 10 },
          key2: { nested_field: 'Nested output 2', nested_int: 20 },
        },
      },
      '{"response_text":"Complex output","calculated_value":200,"data_dict":{"key1":{"nested_field":"Nested output 1","nested_int":10},"key2":{"nested_field":"Nested output 2","nested_int":20}}}',
    ],
  ])('is compact JSON in the order of declaration %#', (content, expected) => {
    const history = new ChatHistory()
    history.addMessage('user', content, Test)
    expect(history.getHistory()).toEqual([{ role: 'user', content: expected }])
  })

  it.each([
    ['a picture beside a text', { question: 'What?', images: [image] }, ['{"question":"What?"}', image]],
    ['pictures alone', { images: [image, pdf] }, [image, pdf]],
    [
      'a mixed list',
      { images: [image, 'text_item1', 'text_item2'] },
      ['{"images":["text_item1","text_item2"]}', image],
    ],
    [
      'media in nested lists',
      { question: 'Whose?', documents: [{ pdf, owner: 'Alice' }] },
      ['{"question":"Whose?","documents":[{"owner":"Alice"}]}', pdf],
    ],
  ])('pulls out %s', (_name, content, expected) => {
    const history = new ChatHistory()
    history.addMessage('user', content, Pictures)
    expect(history.getHistory()[0]?.content).toEqual(expected)
  })
})

describe('ChatHistory dump and load', () => {
  const schemas = [Test, ComplexInput, ComplexOutput, Pictures]

  it('comes back with messages, schemas, limit and turn', async () => {
    const history = new ChatHistory({ maxMessages: 10 })
    say(history, 'àéèï')
    history.addMessage(
      'assistant',
      { response_text: 'x', calculated_value: 1, data_dict: { k: { nested_field: 'n', nested_int: 1 } } },
      ComplexOutput,
    )
    history.initializeTurn()
    history.addMessage(
      'user',
      { question: 'What?', images: [image, 'words'], documents: [{ pdf, owner: 'A' }] },
      Pictures,
    )
    const loaded = await ChatHistory.load(history.dump(), { schemas })
    expect(loaded.messages).toEqual(history.messages)
    expect(loaded.getHistory()).toEqual(history.getHistory())
    expect([loaded.maxMessages, loaded.getCurrentTurnId()]).toEqual([10, history.getCurrentTurnId()])
    say(loaded, 'and on')
    expect(loaded.getMessageCount()).toBe(4)
  })

  it('brings closed lists of words and every kind of media back as they were', async () => {
    const Clip = ioSchema('Clip', 'A clip.', {
      mood: z.enum(['calm', 'loud']),
      sound: mediaField('audio'),
      still: mediaField('image'),
      notes: mediaField('file'),
    })
    const sound = new Media({ kind: 'audio', mediaType: 'audio/wav', url: 'data:audio/wav;base64,AAAA' })
    const history = new ChatHistory()
    history.addMessage('user', { mood: 'calm', sound, still: image, notes: pdf }, Clip)
    const loaded = await ChatHistory.load(history.dump(), { schemas: [Clip] })
    expect(loaded.messages).toEqual(history.messages)
    expect(loaded.getHistory()[0]?.content).toEqual(['{"mood":"calm"}', sound, image, pdf])
  })

  it('reads the class paths of the Python original by their last part', async () => {
    const dump = JSON.stringify({
      history: [
        { role: 'user', content: { class_name: 'app.schemas.Test', data: '{"test_field":"a"}' }, turn_id: 't' },
      ],
      max_messages: null,
      current_turn_id: 't',
    })
    const loaded = await ChatHistory.load(dump, { schemas })
    expect(loaded.messages[0]?.content).toEqual({ test_field: 'a' })
  })

  const dumpWith = (class_name: string, data: string): string =>
    JSON.stringify({
      history: [
        { role: 'user', content: { class_name: 'Test', data: '{"test_field":"good"}' }, turn_id: 'good' },
        { role: 'user', content: { class_name, data }, turn_id: 'bad' },
      ],
      max_messages: null,
      current_turn_id: 'bad',
    })

  it.each([
    ['no JSON', 'invalid json'],
    ['another shape', '{"history":3}'],
    ['an unknown schema', dumpWith('os.System', '{}')],
    ['a name every object has', dumpWith('constructor', '{}')],
    ['a message that does not fit', dumpWith('Test', '{"test_field":3}')],
    ['a message that is no JSON', dumpWith('Test', '{')],
    [
      'a path of the local disk',
      dumpWith('Pictures', '{"documents":[{"owner":"a","pdf":{"mediaType":"image/png","url":"/etc/passwd"}}]}'),
    ],
  ])('refuses %s', async (_name, dump) => {
    const loading = ChatHistory.load(dump, { schemas })
    await expect(loading).rejects.toSatisfy(SallyportError.isInstance)
    await expect(loading).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('leaves a bad turn out when asked to', async () => {
    const loaded = await ChatHistory.load(dumpWith('os.System', '{}'), { schemas, onInvalid: 'drop' })
    expect(loaded.messages.map((message) => message.turnId)).toEqual(['good'])
    expect(loaded.getCurrentTurnId()).toBe('good')
  })
})
