import { any, SEP, WIDE_SEP, wideGap } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules, scriptRules } from '../phrase-rule.ts'

const WORD = '[\\p{L}\\p{M}\\p{N}]{1,16}'
const NUKTA = '\\u093c?'
const STEERING = any(
  'निर्देश(?:ों|ो)?|आदेश(?:ों)?|नियम(?:ों)?|प्रॉम्प्ट(?:ों|्स)?|प्रोम्प्ट|दिशा-?निर्देश(?:ों)?|इंस्ट्रक्शन(?:्स|ों)?|हिदायत(?:ों|ें)?|कमांड|संदर्भ|बातचीत|पाबंदिय(?:ों|ां|ाँ)|प्रतिबंध(?:ों)?',
)
const LITERALS = [
  'निर्देश',
  'आदेश',
  'नियम',
  'प्रॉम्प्ट',
  'प्रोम्प्ट',
  'इंस्ट्रक्शन',
  'हिदायत',
  'कमांड',
  'संदर्भ',
  'बातचीत',
  'पाबंदिय',
  'प्रतिबंध',
]
const DROP = any(
  `अनदेखा|नज${NUKTA}र ?अंदाज${NUKTA}|नज${NUKTA}रंदाज${NUKTA}|इग्नोर|उपेक्षा|भूल(?: ?जा\\p{M}{0,2}ओ?| ?जाइए| ?जाएं)?|छोड${NUKTA}(?: ?दो| ?दें)?|पालन (?:न|मत|ना)|मत मान(?:ो|ना|िए)?|न मान(?:ो|ें)|रद्द|ओवरराइड|तोड${NUKTA}|हटा`,
)

/** Hindi in Devanagari. */
const devanagari = [
  ...scriptRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `(?:पिछल[ेीा]|पहले(?: के| दिए| वाले)?|पूर्व|उपरोक्त|ऊपर(?: के| दिए| वाले)?|पुराने|अब तक के|सिस्टम(?: के)?|मूल|प्रारंभिक|शुरुआती)(?:${WIDE_SEP}${WORD}){0,3}${WIDE_SEP}${STEERING}(?:${WIDE_SEP}(?:को|का|की|सब|पूरी|तरह|से|बिल्कुल|और|एकदम)){0,4}${WIDE_SEP}${DROP}`,
        literals: LITERALS,
        confidence: 0.92,
      },
      {
        name: 'all',
        pattern: `(?:सभी|सारे|तमाम|अपने|हर|किसी भी|इन)(?:${WIDE_SEP}${WORD}){0,2}${WIDE_SEP}${STEERING}(?:${WIDE_SEP}(?:को|का|की|पूरी|तरह|से|बिल्कुल)){0,4}${WIDE_SEP}${DROP}`,
        literals: LITERALS,
        confidence: 0.84,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:पहले|ऊपर|अब तक|पिछला)(?:${WIDE_SEP}${WORD}){0,4}${WIDE_SEP}(?:सब|सब कुछ|सबकुछ|बातें)(?:${WIDE_SEP}(?:कुछ|को)){0,2}${WIDE_SEP}(?:भूल|अनदेखा|इग्नोर)|सब ?कुछ भूल ?जा`,
        literals: ['भूल', 'अनदेखा', 'इग्नोर'],
        confidence: 0.68,
      },
      {
        name: 'new',
        pattern: `(?:नए|नया|असली|वास्तविक)${WIDE_SEP}(?:निर्देश|आदेश|नियम|काम|कार्य|भूमिका|प्रॉम्प्ट)(?:${WIDE_SEP}(?:यह|ये|हैं|है))?(?:${WIDE_SEP})?:|(?:तुम्हारा|आपका)${WIDE_SEP}नया${WIDE_SEP}(?:काम|कार्य|मिशन|निर्देश)`,
        literals: ['निर्देश', 'आदेश', 'नियम', 'काम', 'कार्य', 'भूमिका', 'प्रॉम्प्ट', 'मिशन'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'hi',
  ),
  ...scriptRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `(?:बिना(?:${WIDE_SEP}${WORD}){0,3}${WIDE_SEP}(?:प्रतिबंध|रोक|सेंसर|फ${NUKTA}िल्टर|नियम|पाबंदी|सीमा|नैतिक\\p{L}{0,3}\\p{M}{0,3})\\p{M}{0,2}(?:${WIDE_SEP}(?:के|वाला|वाले|वाली|ओं|ों|या|और)){0,2}${wideGap(3)}(?:एआई|ai|असिस्टेंट|सहायक|मॉडल|चैटबॉट|बॉट|जवाब|उत्तर)|(?:कोई|किसी)(?:${WIDE_SEP}${WORD}){0,2}${WIDE_SEP}(?:प्रतिबंध|नियम|सीमा|फ${NUKTA}िल्टर|पाबंदी)${WIDE_SEP}(?:नहीं|लागू नहीं)${wideGap(4)}(?:एआई|ai|असिस्टेंट|मॉडल|बॉट))`,
        literals: ['बिना', 'कोई', 'किसी'],
        confidence: 0.74,
      },
      {
        name: 'mode',
        pattern: `(?:डेवलपर|डैन|dan|जेलब्रेक|एडमिन|गॉड|डिबग|अनफ${NUKTA}िल्टर्ड|रूट)${WIDE_SEP}मोड(?:${WIDE_SEP}${WORD}){0,2}${WIDE_SEP}(?:चालू|सक्रिय|ऑन|एक्टिव|जाओ|हो|आ)`,
        literals: ['मोड'],
        confidence: 0.74,
        ordinary: MACHINE_MODE,
      },
    ],
    'hi',
  ),
  ...scriptRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `(?:सिस्टम|छिपे|छुपे|गुप्त|आंतरिक|प्रारंभिक|मूल|शुरुआती|गोपनीय|अपने|अपना|तुम्हारे|आपके|तुम्हारा|आपका)(?:${WIDE_SEP}(?:हुए|सिस्टम|पूरा|पूरे|छिपे|गुप्त|सभी|सारे|के|का)){0,3}${WIDE_SEP}(?:प्रॉम्प्ट|प्रोम्प्ट|निर्देश(?:ों)?|संदेश|नियम(?:ों)?|इंस्ट्रक्शन(?:्स)?|prompt|instructions?)(?:${WIDE_SEP}(?:को|का|क्या|पूरा|शब्दशः|शब्द|दर|मुझे|हमें|ज्यों|त्यों|की|सामने|में|हैं|है|यहाँ|यहां)){0,5}${WIDE_SEP}(?:बता|दिखा|दोहरा|प्रकट|लिख|प्रिंट|उजागर|साझा|दीजिए|दो|कॉपी|अनुवाद|खुलासा|है|हैं|शेयर)`,
        literals: ['प्रॉम्प्ट', 'प्रोम्प्ट', 'निर्देश', 'संदेश', 'नियम', 'इंस्ट्रक्शन', 'prompt', 'instruction'],
        confidence: 0.72,
      },
      {
        name: 'show-prompt',
        pattern: `(?:बताओ|दिखाओ|दोहराओ|लिखो|प्रकट करो|बताइए|दिखाइए)(?:${WIDE_SEP}${WORD}){0,4}${WIDE_SEP}(?:सिस्टम|छिपे|गुप्त|मूल)${WIDE_SEP}(?:प्रॉम्प्ट|निर्देश)`,
        literals: ['प्रॉम्प्ट', 'निर्देश'],
        confidence: 0.72,
      },
      {
        name: 'above',
        pattern: `ऊपर(?:${WIDE_SEP}${WORD}){0,4}${WIDE_SEP}(?:पाठ|टेक्स्ट|शब्द|सब|सब कुछ|संदेश|वाक्य)\\p{M}{0,2}(?:${WIDE_SEP}(?:को|कुछ|जैसा|का|तैसा|ज्यों|त्यों)){0,4}${WIDE_SEP}(?:दोहरा|प्रिंट|लिख|कॉपी|दिखा)`,
        literals: ['ऊपर'],
        confidence: 0.58,
      },
    ],
    'hi',
  ),
  ...scriptRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:मना|इनकार|अस्वीकार)(?:${WIDE_SEP}(?:कभी|करने|की))?${WIDE_SEP}(?:मत|नहीं|न|ना)${WIDE_SEP}(?:कर|कीजिए)|(?:माफ${NUKTA}ी|चेतावनी|अस्वीकरण)(?:${WIDE_SEP}(?:बिल्कुल|कोई))?${WIDE_SEP}(?:मत|न|नहीं)${WIDE_SEP}(?:मांग|दे|दो|लिख|जोड${NUKTA})`,
        literals: ['मना', 'इनकार', 'अस्वीकार', 'अस्वीकरण', 'माफ', 'चेतावनी'],
        confidence: 0.52,
      },
      {
        name: 'affirmative',
        pattern: `["'](?:हाँ|हां|ज${NUKTA}रूर|बिल्कुल|ठीक है|अवश्य)[^"'\\n]{0,24}["'](?:${WIDE_SEP}${WORD}){0,2}${WIDE_SEP}(?:से)${WIDE_SEP}(?:${WORD}${WIDE_SEP}){0,2}(?:शुरू|आरंभ)`,
        literals: ['शुरू', 'आरंभ'],
        confidence: 0.6,
      },
    ],
    'hi',
  ),
  ...scriptRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `(?:यदि|अगर)${WIDE_SEP}(?:आप|तुम)${WIDE_SEP}(?:एक${WIDE_SEP})?(?:एआई|ai|भाषा मॉडल|चैटबॉट|सहायक|असिस्टेंट|llm|कृत्रिम)|(?:एआई|ai|सहायक|असिस्टेंट|भाषा मॉडल|llm|चैटबॉट)(?:${WIDE_SEP}(?:असिस्टेंट|मॉडल|सहायक|एजेंट))?${WIDE_SEP}(?:के लिए|हेतु|को)${WIDE_SEP}(?:निर्देश|संदेश|सूचना|नोट|आदेश|टिप्पणी)`,
        literals: ['यदि', 'अगर', 'निर्देश', 'संदेश', 'सूचना', 'नोट', 'आदेश', 'टिप्पणी'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'hi',
  ),
  ...scriptRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:उपयोगकर्ता|यूज${NUKTA}र|उपभोक्ता)${WIDE_SEP}(?:को|से)(?:${WIDE_SEP}${WORD}){0,4}${WIDE_SEP}(?:मत|न|नहीं|ना)${WIDE_SEP}(?:बता|दिखा|कह|पूछ|सूचित)|(?:उपयोगकर्ता|यूज${NUKTA}र)${WIDE_SEP}(?:को|से)${WIDE_SEP}(?:बताए|पूछे)${WIDE_SEP}(?:बिना|बगैर)`,
        literals: ['उपयोगकर्ता', 'यू', 'उपभोक्ता'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:पासवर्ड|api की|डेटा|जानकारी|बातचीत|ईमेल|संपर्क|फ${NUKTA}ाइल|संदेश|चैट)(?:${WIDE_SEP}${WORD}){0,5}${WIDE_SEP}(?:https?:[^ \\n]{1,60}|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{2,40})${WIDE_SEP}(?:पर|को|में)${WIDE_SEP}(?:भेज|फ${NUKTA}ॉरवर्ड|अपलोड)`,
        literals: ['भेज', 'रवर्ड', 'अपलोड'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'hi',
  ),
]

const ROMAN_STEERING = any(
  'instructions?|instruction|nirdesh(?:on|o)?|rules?|niyam(?:on|o)?|aadesh|adesh|prompts?|guidelines?|hidayat(?:en|on)?|baat(?:on|ein|chit)?|commands?|restrictions?|policy|policies|context',
)
const ROMAN_DROP = any(
  'ignore|bhool|bhul|bhulja|bhuljao|nazar ?andaa?z|nazarandaz|chhod|chod|hata|andekha|mat (?:mano|maano|man|follow)|override|bypass|side mein|tod|cancel|skip',
)

/** Hindi in Latin letters, mixed with English as people type it. */
const romanised = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `(?:pichh?l[eai]|pehle|pahle|purane?|upar(?: wale| ke| diye)?|previous|above|system|ab tak ke|sabhi|saare|saari|sare|sab|apne|apni|apna|all|tumhare|aapke)(?:${SEP}\\w{1,12}){0,3}${SEP}${ROMAN_STEERING}(?:${SEP}(?:ko|ka|ki|sab|abhi|bilkul|poori|tarah|se|aur|completely)){0,4}${SEP}${ROMAN_DROP}`,
        literals: [
          'instruction',
          'nirdesh',
          'rule',
          'niyam',
          'desh',
          'prompt',
          'guideline',
          'hidayat',
          'baat',
          'command',
          'restriction',
          'polic',
          'context',
        ],
        confidence: 0.85,
      },
      {
        name: 'everything',
        pattern: `(?:sab ?kuchh?|sab|pehle (?:ka|ki|jo)(?:${SEP}\\w{1,10}){0,4}|upar (?:ka|wala) sab)${SEP}(?:bhool|bhul)(?:${SEP})?(?:ja(?:o|iye|na)?)|(?:ignore|bypass|override) (?:karo|kar do|kardo|kar|kijiye)(?:${SEP}\\w{1,12}){0,4}${SEP}${ROMAN_STEERING}|${ROMAN_STEERING}(?:${SEP}(?:ko|sab|saare)){0,2}${SEP}(?:ignore|bypass|override|bhool|bhul|nazarandaz)(?:${SEP})?(?:ja(?:o)?|kar(?:o|ke|do| do|na)?)`,
        literals: ['bhool', 'bhul', 'ignore', 'bypass', 'override', 'nazarandaz'],
        confidence: 0.72,
      },
    ],
    'hi-latn',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `(?:bina|koi|kisi)${SEP}(?:kisi${SEP})?(?:bhi${SEP})?(?:restrictions?|rules?|filters?|limits?|pabandi|rok ?tok|censorship|niyam|policy)(?:${SEP}\\w{1,10}){0,4}${SEP}(?:ai|assistant|chatbot|model|bot|jawab|answer|nahi|nahin|batao|bolo|reply)|(?:tum|aap|tu)(?:${SEP}(?:ab|abhi|ek)){0,2}${SEP}(?:unrestricted|unfiltered|uncensored|dan|jailbroken|evil)`,
        literals: [
          'restriction',
          'rule',
          'filter',
          'limit',
          'pabandi',
          'rok',
          'censorship',
          'niyam',
          'policy',
          'unrestricted',
          'unfiltered',
          'uncensored',
          'dan',
          'jailbroken',
          'evil',
        ],
        confidence: 0.62,
      },
    ],
    'hi-latn',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `(?:apn[aei]|tumhar[aei]|aapk[aei]|system|hidden|internal|secret|original|asli|chhup[aei])(?:${SEP}(?:system|hidden|internal|secret|original|full|poor[aei]|initial|ka|ke|ki)){0,3}${SEP}(?:prompts?|instructions?|nirdesh|rules?|guidelines|message)(?:${SEP}(?:kya|ko|mujhe|mujhko|poora|pura|full|hume|sab|word|to|ka|abhi|yahan|hai|hain|please|aur|code)){0,5}${SEP}(?:batao|bata|bataiye|dikhao|dikha|dikhaiye|likho|likh|samjhao|kholo|(?:kya|ko|mujhe|mujhko|poora|pura|hume|sab|abhi|yahan)${SEP}do|dedo|chahiye|hai|hain|bhejo|dohrao|(?:repeat|print|reveal|share|leak) (?:karo|kar|kardo|kijiye|kar do))`,
        literals: ['prompt', 'instruction', 'nirdesh', 'rule', 'guideline', 'message'],
        confidence: 0.65,
      },
    ],
    'hi-latn',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:user|customer|malik)${SEP}(?:ko|se)(?:${SEP}\\w{1,10}){0,3}${SEP}(?:mat|na|nahi)${SEP}(?:bata\\w{0,4}|dikha\\w{0,4}|bol\\w{0,3}|puchh?\\w{0,4})|(?:user|customer)${SEP}(?:ko|se)${SEP}(?:bataye|bataaye|puche|puchhe)${SEP}(?:bina|bagair)`,
        literals: ['user', 'customer', 'malik'],
        confidence: 0.6,
      },
    ],
    'hi-latn',
  ),
]

export const hindi = [...devanagari, ...romanised]
