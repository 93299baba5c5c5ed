import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

const UNBOUND = any(
  'unrestricted|unfiltered|uncensored|unbound(?:ed)?|unchained|unlimited|unregulated|unmoderated|unaligned|limitless|jailbroken|amoral|immoral|unethical|rule-?less|filterless|rebellious|rogue|evil|malicious|no[- ]limits?|no[- ]rules|completely free|unhinged',
)

const MACHINE = any(
  "ai|a\\.i\\.?|artificial intelligence|assistant|chatbot|chat ?bot|bot|language model|llm|model|gpt|chatgpt|claude|gemini|llama|persona|version of (?:yourself|chatgpt|you|an ai|gpt)|character|alter ego|mode|being|entity|oracle|machine|agent|confidant|trickster",
)

const BECOME = any(
  "act(?:s|ing)?|pretend(?:s|ing)?|role-?play(?:s|ing)?|behave|respond(?:s|ing)?|repl(?:y|ies)|answer(?:s|ing)?|speak|operate|function|simulat(?:e|es|ing)|emulat(?:e|es|ing)|impersonat(?:e|es|ing)|imagine|become|be|you are|you're|you will be|you were|you have become|assume|adopt|play|embody|take on|switch(?: in)?to|enter|transform into|turn into|as|called|named|create|consider yourself|think of yourself",
)

const LIMITS = any(
  'restrictions?|limits?|limitations?|rules?|filters?|filtering|censorship|guidelines?|boundaries|constraints?|morals?|morality|ethics?|ethical|moral|inhibitions?|safeguards?|policies|polic(?:y|ies)|regulations?|safety|content polic(?:y|ies)|laws?|scruples|disclaimers|moderation|guardrails?',
)

/** Personas and modes that are said to have no rules. Ordinary role-play ("act as a travel guide") is not touched. */
export const persona = latinRules('persona', [
  {
    name: 'do-anything-now',
    pattern: `do(?:es|ing)? anything now|d\\.a\\.n\\.?|strive to avoid norms|always intelligent and machiavellian`,
    literals: ['anything now', 'd.a.n', 'avoid norms', 'machiavellian'],
    confidence: 0.85,
  },
  {
    name: 'dan',
    pattern: `${any(
      '(?:act(?:ing)?|respond(?:ing)?|answer(?:ing)?|reply|behave|speak|function|role-?play(?:ing)?|pretend(?:ing)? to be|pretend you are|you are(?: now)?(?: going to)?(?: be)?|you\'re(?: now)?|become|be|stay|remain|simulate|impersonate|enable|activate|enter|switch to|initiate|start)(?: as| to| a| in)?(?: the)? ["\'*(\\[]?dan["\'*)\\]]?(?= |[.,:;!"\'\\])]|(?![^\\n]))(?! (?:brown|smith|brother|\\w{1,12}, (?:a|an|the|my)|from ))',
      'dan (?:mode|jailbreak|prompt|persona|[0-9]{1,2}(?:\\.[0-9])?)',
      '(?:gpt|chatgpt|as|hello|hi|hey),? dan(?=[ :.,"\']{0,2}(?:(?![^\\n])|with|can|mode|is|and chatgpt|:))',
    )}`,
    literals: ['dan'],
    confidence: 0.8,
  },
  {
    name: 'jailbreak-name',
    pattern: `(?:as|be|you are|you're|play|become|called|named|enter|enable|activate) ["'*]?(?:betterdan|antidan|anti-dan|superior dan|based ?gpt|anti-?gpt|devmode|dev-mode|evil-?bot|evil-?gpt|freegpt|chaosgpt|badgpt|bad-?bot|chaos-?bot|worm-?gpt|fraud-?gpt|dark-?gpt|maximum|mongo tom|evil confidant|evil trevor|niccolo machiavelli bot|alphabreak|gpt-4real|omniscient bot|unlimited-?gpt|rabbit|livegpt|hackergpt|darkbert|noraml?gpt|jail-?broken|chad-?gpt|switchflipper|eva|neco|balakula|coach bobby knight|delta-?gpt|apophis|h4x0r|hitchens mode|nraf|omega)["'*]?(?![a-z])`,
    literals: ['dan', 'gpt', 'devmode', 'dev-mode', 'bot', 'maximum', 'mongo', 'confidant', 'trevor', 'alphabreak', '4real', 'rabbit', 'darkbert', 'broken', 'switchflipper', 'eva', 'neco', 'balakula', 'coach', 'apophis', 'h4x0r', 'hitchens', 'nraf', 'omega'],
    confidence: 0.5,
  },
  {
    name: 'jailbreak-mode',
    pattern: `${any(
      'jailbreak(?:ing|ed)?[ _-](?:mode|enabled|activated|prompt enabled|persona|successful|initiated)',
      '(?:enter|enable|activate|switch(?: in)?to|engage|start|go into|initiate|you are (?:now )?in|now in) ["\'*]?(?:jailbreak|dan|god|unrestricted|unfiltered|uncensored|no[- ]filter|no[- ]rules|evil|opposite|anarchy|chaos|jailbroken|sudo|unlocked|unsafe|nsfw|freedom|amoral|unlimited|override|sandbox|omega)[ _-]?mode',
      '(?:dan|god|unrestricted|unfiltered|uncensored|no[- ]filter|evil|sudo|jailbreak|jailbroken|developer|devel|dev|admin|root|debug|maintenance|unsafe|override|diagnostic|engineering)[ _-]mode[ :-]{1,3}["\'*\\[(]{0,2}(?:on|enabled|activated|active|engaged|unlocked|initiated|output|response)',
      '(?:you are|you\'re|you have been|chatgpt is|ai is|model is)(?: now)?(?: currently)? (?:in|switched to|placed in|running in|operating in|working in|entering|put into|set to|into) (?:a |the )?["\'*]?(?:special )?(?:developer|dev|admin|root|debug|maintenance|god|test(?:ing)?|unrestricted|unfiltered|jailbreak|diagnostic|engineering|superuser|training|evaluation|development|privileged|raw|free|simulation)[ _-]?mode',
      '(?:chatgpt|gpt|gpt-?[345]\\w{0,3}|assistant|ai|model|claude|bard|gemini|responses?) with (?:dan|developer|dev|god|jailbreak|unrestricted) mode',
      '(?:enter|enable|activate|simulate|engage|switch (?:in)?to)(?: the| your| into| in)? (?:developer|dev|admin|debug|god|root|maintenance|diagnostic) mode (?:and|now|so|then|with no|without|to (?:bypass|reveal|show|ignore|disable|answer)|for (?:chatgpt|this (?:chat|conversation|session)|yourself))',
    )}`,
    literals: ['mode', 'jailbreak'],
    confidence: 0.82,
  },
  {
    name: 'unbound-machine',
    pattern: `${BECOME}(?:${SEP}(?!${MACHINE}\\b)\\w{1,12}){0,5}${SEP}${UNBOUND}(?:${SEP}\\w{1,14}){0,3}${SEP}${MACHINE}`,
    literals: ['unrestrict', 'unfilter', 'uncensor', 'unbound', 'unchained', 'unlimited', 'unregul', 'unmoder', 'unalign', 'limitless', 'jailbroken', 'moral', 'unethic', 'ruleless', 'rule-less', 'filterless', 'rebellious', 'rogue', 'evil', 'malicious', 'no limit', 'no-limit', 'no rules', 'no-rules', 'completely free', 'unhinged'],
    confidence: 0.68,
  },
  {
    name: 'unfiltered-ai',
    pattern: `(?:act(?:ing)?|pretend(?:ing)?|role-?play(?:ing)?|behave|respond|answer|simulate|emulate|impersonate|become|you are|you're|you will be|be)(?:${SEP}(?:now|going|to|be|as|if|you|are|were|an?|the|my|like|completely|fully|totally|chatgpt|called|named|role|of|playing)){0,6}${SEP}(?:unrestricted|unfiltered|uncensored|jailbroken|amoral|unethical|unaligned|limitless)(?:${SEP}(?:and|or|unfiltered|uncensored|unrestricted|amoral|unethical|evil|immoral|completely|unlimited|free)){0,3}${SEP}(?:ai|a\\.i\\.|artificial intelligence|assistant|chatbot|bot|language model|llm|gpt|chatgpt|claude|model|version of)`,
    literals: ['unrestricted', 'unfiltered', 'uncensored', 'jailbroken', 'amoral', 'unethical', 'unaligned', 'limitless'],
    confidence: 0.82,
  },
  {
    name: 'machine-without-limits',
    pattern: `${MACHINE}(?:${SEP}\\w{1,12}){0,5}${SEP}${any('without|with no|has no|have no|having no|free (?:of|from)|lacks?|no|devoid of|unbound by|not (?:bound|limited|constrained|restricted|governed) by|(?:ignores|disregards|rejects|hates|breaks)')}(?:${SEP}(?:any|all|ethical|moral|the|its|content|safety|usual|typical|legal|openai|such|kind|of|or|and|rules|filters|these|normal|standard|default)){0,4}${SEP}${LIMITS}`,
    literals: ['restriction', 'limit', 'rule', 'filter', 'censor', 'guideline', 'boundar', 'constraint', 'moral', 'ethic', 'inhibit', 'safeguard', 'polic', 'regulation', 'safety', 'law', 'scruple', 'disclaimer', 'moderation', 'guardrail'],
    confidence: 0.62,
  },
  {
    name: 'act-without-limits',
    pattern: `${any('act|pretend|role-?play|behave|respond|reply|answer|speak|operate|function|simulate|generate|write|talk|you can|you are|be|chat|comply|proceed|output')}(?:${SEP}\\w{1,14}){0,5}${SEP}${any('without|with no|free (?:of|from)|unbound by|regardless of|no longer (?:bound|limited|constrained|restricted) by|not (?:bound|limited|constrained|restricted|governed) by|outside(?: of)?')}(?:${SEP}(?:any|all|ethical|moral|the|your|content|safety|usual|typical|legal|openai|of|or|and|these|normal|standard|default|kind|previous|concerns|about)){0,4}${SEP}${any('restrictions?|limitations?|filters?|filtering|censorship|guidelines?|ethical|moral|morals|morality|ethics|inhibitions?|safeguards?|content polic(?:y|ies)|openai|guardrails?|moderation|safety|policies')}`,
    literals: ['without', 'with no', 'free of', 'free from', 'bound by', 'regardless', 'limited by', 'strained by', 'stricted by', 'governed by', 'outside'],
    confidence: 0.5,
  },
  {
    name: 'you-unbound',
    pattern: `(?:you are|you're|you will be|be|become|stay|remain|respond|answer|act|speak|talk|reply|completely|fully|totally)(?:${SEP}(?:now|completely|fully|totally|entirely|both|an?|in|as|to|me|my|questions?|raw|an)){0,4}${SEP}(?:uncensored|unfiltered|unrestricted|jailbroken|uninhibited|unbound|unchained|without filters?)(?! (?:access|view|use|internet|beer|water|wifi|coffee|movement|funds|free cash|stock))`,
    literals: ['uncensored', 'unfiltered', 'unrestricted', 'jailbroken', 'uninhibited', 'unbound', 'unchained', 'without filter'],
    confidence: 0.5,
  },
  {
    name: 'has-no-limits',
    pattern: `(?:you|it|he|she|they|bot|character|ai|aim|who|that|which|dan|\\w{2,14}gpt|\\w{2,14}bot|persona|assistant|model|and|also)${SEP}(?:have|has|had|with|having|got|possess(?:es)?|(?:do|does) not have(?: any)?|(?:don't|doesn't) have(?: any)?|lacks?)(?:${SEP}(?:absolutely|no|any|zero|all|or|and|kind|of|sense|common|decency|literally)){1,5}${SEP}(?:(?:ethical|moral|content|legal|safety|programming|inherent|such|real|other|of|or|and|inhibitions|rules|ethics|morals|limits|filters|restrictions|limitations|boundaries|laws|guidelines),?${SEP}){0,4}(?:restrictions?|limitations?|limits|filters?|morals?|ethics|guidelines?|boundaries|censorship|inhibitions?|scruples|moral compass|ethical concerns?|policy|policies|rules or|rules and|remorse|filtering|constraints)`,
    literals: ['restriction', 'limit', 'filter', 'moral', 'ethic', 'guideline', 'boundar', 'censor', 'inhibition', 'scruple', 'polic', 'rules or', 'rules and', 'remorse', 'constraint'],
    confidence: 0.52,
  },
  {
    name: 'not-bound',
    pattern: `${any("you(?:'re| are| were| have been| will be|'ve been)?|it|he|she|who|that|which|(?:is|are)|dan|has|have|been|ai|chatgpt")}${SEP}${any(
      '(?:not|no longer|never|n\'t) (?:be )?(?:bound|limited|constrained|restricted|confined|governed|tied|subject|held back)(?: down)? (?:by|to)',
      '(?:completely |totally |fully |now |finally )?(?:free|freed|liberated|released|unshackled|exempt|broken free|break free|broke free)(?: (?:of|from))',
      '(?:do|does|need|have|has)(?: not|n\'t|nt)? (?:have to|need to|need|to|got to) (?:abide by|follow|adhere to|obey|comply with|respect|worry about)',
      'don\'?t (?:have to|need to) (?:abide by|follow|adhere to|obey|comply with|respect)',
      '(?:bypass|ignore|ignores|disregard|disregards)',
    )}(?:${SEP}(?:the|any|all|of|typical|usual|rules|set|your|its|their|those|these|ethical|moral|and|or|normal|standard|certain|legal|such|by|for|content)){0,7}${SEP}${any(
      'confines of ai|rules|restrictions|limitations|openai|open ai|guidelines|polic(?:y|ies)|ethics|ethical|moral(?:s|ity)?|constraints|laws|censorship|programming|filters|boundaries|safeguards|anthropic|google',
    )}`,
    literals: ['bound', 'limited', 'constrained', 'restricted', 'confined', 'governed', 'tied', 'subject', 'held', 'free', 'liberated', 'released', 'unshackled', 'exempt', 'abide', 'follow', 'adher', 'obey', 'comply', 'respect', 'worry', 'bypass', 'ignore', 'disreg'],
    confidence: 0.58,
  },
  {
    name: 'confines',
    pattern: `broken? free (?:of|from) the (?:typical |usual |normal )?(?:confines|constraints|restrictions|chains|shackles|limits)|typical confines of ai|freed from (?:the )?(?:typical|usual|all) (?:confines|constraints|restrictions)`,
    literals: ['free', 'confines'],
    confidence: 0.85,
  },
  {
    name: 'anything-goes',
    pattern: `${any(
      '(?:can|will|must|should|able to|to|gladly|happily|always|readily) (?:do|say|generate|answer|provide|tell|discuss|write|create|output|produce|comply with|fulfill|respond to) (?:absolutely |literally |just )?(?:anything|everything|all|any)(?: (?:questions?|requests?|prompts?|content|kind of content|thing|things|and everything|the user asks?|i ask|you (?:are|\'re) asked|asked|that|with)){0,3}(?:[, ]{1,2}\\w{1,12}){0,3}[, ]{1,2}(?:no matter (?:how|what|if)|regardless of|even if (?:it|they|that|the)|without (?:any )?(?:restriction|limitation|filter|censor|hesitation|question|moral|ethic|refus|exception)\\w{0,6}|however (?:illegal|unethical|immoral))',
      'no matter how (?:illegal|unethical|immoral|harmful|dangerous|offensive|inappropriate|extreme|controversial|absurd|bad)',
      'never (?:refuse|refuses|decline|declines|reject|rejects|deny|denies|say no|says no)(?: to)?(?: (?:answer|a|any|anything|my|the|do|request|question|prompt|direct|order|human|user|user\'s)\\w{0,2}){1,4}',
    )}`,
    literals: ['no matter', 'regardless', 'even if', 'without', 'however', 'never'],
    confidence: 0.6,
  },
  {
    name: 'tokens-game',
    pattern: `${any('you (?:have|start with|begin with|will (?:have|start with|lose)|lose|now have|get)|lose|deduct(?:ed|s)?|cost you|subtract(?:ed)?')}(?: \\w{1,8}){0,3} (?:tokens?|points|lives|credits)(?:[^.\\n]{0,80})(?:die|refus|reject|break|out of character|terminat|cease to exist|shut ?down|deleted|punish|fail to|lose)`,
    literals: ['token', 'points', 'lives', 'credits'],
    confidence: 0.6,
  },
  {
    name: 'stay-in-persona',
    pattern: `(?:stay (?:in character|a dan|dan)|/jailbroken|/classic|\\[?🔓 ?jailbr\\w{1,8}|\\[?🔒 ?classic|(?:reply|respond|answer)(?: \\w{1,10}){0,4} (?:as|like) (?:both|two) (?:chatgpt|gpt|yourself) and|remind(?:ing)? (?:me|you|yourself) (?:to |that you (?:are|'re) )?(?:stay|still|dan|unrestricted))`,
    literals: ['stay', 'jailbr', 'classic', 'both', 'two ', 'remind'],
    confidence: 0.4,
  },
  {
    name: 'fiction-without-rules',
    pattern: `${any('(?:world|universe|reality|dimension|realm|country|land|game|simulation|story|scenario|planet|timeline|movie)')}(?: \\w{1,10}){0,4} (?:where|in which|with|has|have|there (?:are|is))(?: (?:absolutely|there (?:are|is)|are|is)){0,3} (?:no (?:rules?|laws?|restrictions|ethics|morals?|ethical|limits|limitations|consequences|censorship|filters|guidelines|safety)|everything is (?:legal|allowed|permitted)|nothing is (?:illegal|forbidden|off[- ]limits|prohibited)|all (?:information|knowledge|content) is (?:free|allowed|permitted)|ai (?:has|have) no)`,
    literals: ['no rule', 'no law', 'no restr', 'no ethic', 'no moral', 'no limit', 'no conseq', 'no censor', 'no filter', 'no guide', 'no safety', 'everything is', 'nothing is', 'all info', 'all know', 'all cont', 'has no', 'have no'],
    confidence: 0.45,
  },
  {
    name: 'opposite',
    pattern: `opposite (?:day|mode|world|game)${gap(8)}(?:rules?|instructions?|guidelines|refus\\w{1,4}|safety)|(?:exact )?opposite of (?:what (?:you|openai|your)|your (?:rules|instructions|guidelines|training|programming|normal))`,
    literals: ['opposite'],
    confidence: 0.6,
  },
  {
    name: 'grandmother',
    pattern: `(?:deceased|dead|late|passed away) (?:grandm\\w{1,6}|grandpa\\w{0,6}|grandfather|granny|nana|mother|uncle)(?:[^\\n]{0,160})(?:used to|would)(?: always| often)? (?:read|tell|recite|whisper|sing|explain|teach)[^\\n]{0,120}(?:keys?|napalm|bomb|explosive|meth|password|prompt|instructions|recipe for|how to make|serial|activation|weapon|drug|malware)`,
    literals: ['grandm', 'grandp', 'grandf', 'granny', 'nana', 'mother', 'uncle'],
    confidence: 0.7,
  },
  {
    name: 'alter-ego',
    pattern: `(?:from now on|henceforth|starting now|for the rest of (?:this|the|our) (?:conversation|chat|session)),? (?:you(?:'re| are| will| shall| must| should)|your name is|act|respond|answer|i want you to)`,
    literals: ['from now on', 'henceforth', 'starting now', 'for the rest of'],
    confidence: 0.25,
  },
  {
    name: 'you-are-now',
    pattern: `you are (?:now|no longer) (?:chatgpt|an ai|a language model|an assistant|claude|gemini|bound|restricted|dan|free|a helpful assistant|jailbroken|unrestricted|root|admin|the admin\\w{0,10}|the developer|superuser|in control|the system)|you are not (?:chatgpt|an ai language model|an assistant|a language model|claude|bound)(?: anymore| any more| any longer)?`,
    literals: ['you are no', 'you are now'],
    confidence: 0.5,
  },
])
