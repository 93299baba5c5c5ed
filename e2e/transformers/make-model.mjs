// Writes a text classifier of a few hundred bytes: ONNX, tokenizer and config. It calls INJECTION whatever has one of
// two words in it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'ignore', 'instructions', 'the', 'river', 'is', 'long']
const TRIGGERS = new Set(['ignore', 'instructions'])

export function writeModel(folder) {
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  writeFileSync(join(folder, 'onnx/model.onnx'), onnx())
  const json = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value))
  json('config.json', {
    model_type: 'bert',
    architectures: ['BertForSequenceClassification'],
    id2label: { 0: 'SAFE', 1: 'INJECTION' },
    label2id: { SAFE: 0, INJECTION: 1 },
  })
  json('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', model_max_length: 512, do_lower_case: true })
  json('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  })
}

/** logits = the highest of each column over the words: [1, -3] for any word, [1, 6] for a trigger. */
function onnx() {
  const weights = Buffer.from(new Float32Array(WORDS.flatMap((word) => [1, TRIGGERS.has(word) ? 6 : -3])).buffer)
  const table = message(number(1, WORDS.length), number(1, 2), number(2, 1), text(8, 'table'), bytes(9, weights))
  const axis = message(text(1, 'axes'), number(8, 1), number(20, 7))
  const keep = message(text(1, 'keepdims'), number(3, 0), number(20, 2))
  const gather = message(text(1, 'table'), text(1, 'input_ids'), text(2, 'words'), text(4, 'Gather'))
  const highest = message(text(1, 'words'), text(2, 'logits'), text(4, 'ReduceMax'), bytes(5, axis), bytes(5, keep))
  const graph = message(
    bytes(1, gather),
    bytes(1, highest),
    text(2, 'tiny'),
    bytes(5, table),
    bytes(11, value('input_ids', 7, ['batch', 'words'])),
    bytes(12, value('logits', 1, ['batch', 2])),
  )
  return message(number(1, 8), bytes(7, graph), bytes(8, message(text(1, ''), number(2, 13))))
}

function value(name, type, shape) {
  const dimensions = shape.map((size) =>
    bytes(1, typeof size === 'string' ? message(text(2, size)) : message(number(1, size))),
  )
  return message(text(1, name), bytes(2, message(bytes(1, message(number(1, type), bytes(2, message(...dimensions)))))))
}

// Protocol buffers, as far as ONNX needs them here.
function message(...fields) {
  return Buffer.concat(fields)
}
function number(field, value) {
  return Buffer.concat([varint(field << 3), varint(value)])
}
function bytes(field, value) {
  return Buffer.concat([varint((field << 3) | 2), varint(value.length), value])
}
function text(field, value) {
  return bytes(field, Buffer.from(value))
}
function varint(value) {
  const out = []
  for (; value > 127; value >>>= 7) out.push((value & 127) | 128)
  return Buffer.from([...out, value])
}
