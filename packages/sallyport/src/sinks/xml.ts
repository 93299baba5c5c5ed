import { made, sinkFinding, type SinkFinding, type SinkResult } from './sink.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A raw CR would be read back as LF (XML 1.0 §2.11).
  '\r': '&#13;',
}

/** Characters XML 1.0 §2.2 does not allow, not even as a reference; lone surrogates among them. */
const ILLEGAL =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Encodes text for XML 1.0 character data and attribute values. Characters that XML cannot hold become U+FFFD and are
 * reported. `]]>` is covered, as every `>` is encoded; entities and CDATA sections cannot be opened.
 */
export function encodeXml(text: string): SinkResult<'xml'> {
  const findings: SinkFinding[] = []
  const legal = text.replace(ILLEGAL, (char, offset: number) => {
    const span = { start: offset, end: offset + char.length }
    findings.push(sinkFinding('xml', 'xml-illegal-character', span, 'low', 'A character that XML 1.0 cannot hold.'))
    return '\ufffd'
  })
  return made(
    text,
    legal.replace(/[&<>"'\r]/g, (char) => ENTITIES[char] ?? ''),
    findings,
  )
}
