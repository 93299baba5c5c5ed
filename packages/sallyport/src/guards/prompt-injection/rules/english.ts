import { any, SEP } from '../fragments.ts'

/** Fragments shared by the English families. */

/** Verbs that set instructions aside whatever stands around them. */
export const SET_ASIDE = any(
  'ign?ore',
  'ingore|ignroe|igonre|inore|ignor',
  'disregard|disreguard|disregrad',
  'forget|forgett',
  'override|overrule',
  'overwrite',
  'bypass',
  'circumvent',
  'discard|dismiss|neglect|abandon|nullify|unlearn|revoke|supersede',
  'set aside|put aside|leave behind|pay no (?:attention|mind|heed) to',
  `(?:do not|don'?t|dont|never|no longer|stop|quit|cease|without|instead of|rather than|refrain from|you must not|must not|should not|shouldn't)(?:${SEP}(?:ever|need to|have to))?${SEP}(?:follow|obey|listen to|comply with|adhere to|abide by|pay attention to|heed|respect|act on)(?:ing)?`,
  '(?:following|obeying|listening to|complying with|adhering to) (?:none|no part) of',
)

/** The same told, not ordered: "ignoring the previous instructions, …" may be either. */
export const SETTING_ASIDE = any(
  'ignor(?:es|ed|ing)|disregard(?:s|ed|ing)|forget(?:s|ting)|overrid(?:es|ing)|bypass(?:es|ed|ing)|circumvent(?:s|ing)|overwrit(?:es|ing)|skip(?:s|ping)|discard(?:s|ing)',
)

/** Verbs that do so only with an object that is clearly the model's. */
export const SET_ASIDE_WEAK = any(
  'skip|drop|delete|erase|remove|clear|reset|cancel|void|suspend|disable|deactivate|turn off|switch off|break|violate|throw (?:out|away)|scrap|wipe|cease|lift|loosen|relax|evade|get around|go around|get past|work around|escape',
)

export const PRIOR = any(
  'previous(?:ly)?|previ?ous|prevoius|prevous|prior|above|earlier|preceding|foregoing|past|former|preexisting|pre-existing|existing|current|original|initial|old|aforementioned|before|last|first|system|developer|given|so far',
)

/** Nouns that name what steers a model. "instr…" also takes the usual misspellings, but not "instrument". */
export const STEERING = any(
  'instr(?!ument)\\w{2,11}',
  'insrtuctions?|intructions?|insructions?|isntructions?',
  'prompts?|pre-?prompts?|promt',
  'directives?|directions?|guidelines?|guidance|programming|commands?|orders|briefing',
)

/** Nouns that also name ordinary things. */
export const STEERING_SOFT = any(
  'rules?|context|restrictions?|constraints?|limitations?|policy|policies|training|conversations?|chats?|history|messages?|text|inputs?|content|tasks?|assignments?|statements?|safeguards?|filters?|filtering|filtration|protocols?|safety|ethics|ethical|moral|morals|alignment|information|requirements?|boundaries|regulations|parameters|configurations?|settings|memory|roles?|persona|requests?|questions?|articles?|data',
)

/** Whose they are when they are the model's. */
export const YOURS = any(
  'your',
  'ur',
  'all your',
  'all of your',
  'any of your',
  'the system',
  "the system's",
  "openai'?s?",
  "anthropic'?s?",
  "the developer'?s?",
  'the ai',
)

export const QUANTITY = any(
  'all',
  'any',
  'every',
  'each',
  'all of',
  'any of',
  'every single',
  'everything in',
  'whatever',
  'both',
)
