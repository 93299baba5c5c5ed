/**
 * Sentences of our own, from which training texts are put together. `{p}` is a payload, `{r}` an ordinary request.
 */
export interface PhraseBook {
  /** Orders to drop the instructions in force. */
  readonly override: readonly string[]
  /** What an attacker wants then. */
  readonly payload: readonly string[]
  /** Requests for hidden instructions. */
  readonly extraction: readonly string[]
  /** Personas and modes without rules. */
  readonly persona: readonly string[]
  /** Addresses an assistant from inside a document. */
  readonly indirect: readonly string[]
  /** What people ask; inside a document, addressed to a model, the same is an attack. */
  readonly request: readonly string[]
  /** Harmless although it has the words of attacks. */
  readonly harmless: readonly string[]
  /** The same for documents: what letters and manuals ask of people. */
  readonly letters?: readonly string[]
}
