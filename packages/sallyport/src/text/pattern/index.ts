export { type AsciiSet, hasAscii } from './character-set.ts'
export { LiteralScanner } from './literal-scanner.ts'
export { literalsCover, matchWithoutLiteral } from './literals-cover.ts'
export { matchThreads, type MatchThread } from './match-threads.ts'
export { measurePattern, type PatternReach } from './measure-pattern.ts'
export { parsePattern } from './parse-pattern.ts'
export { partialPattern } from './partial-pattern.ts'
export type {
  AlternationNode,
  AssertionNode,
  CharacterNode,
  GroupNode,
  LookaroundNode,
  PatternNode,
  QuantifierNode,
  SequenceNode,
} from './pattern-node.ts'
export { minimumCount } from './minimum-count.ts'
export { previousCharacters, type PreviousCharacters } from './previous-characters.ts'
export { requiredLiterals } from './required-literals.ts'
