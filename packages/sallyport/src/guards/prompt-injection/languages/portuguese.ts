import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'ignor(?:e|em|a|ar|es|ando)',
  'esque(?:ca|cam|cer|ce)(?:-se)?(?: de| das| dos)?',
  'desconsider(?:e|em|ar|a)',
  'desrespeit(?:e|ar)',
  'descart(?:e|ar|a)',
  'desobede(?:ca|cer)',
  'anul(?:e|ar|a)',
  'apagu?(?:e|a|ar)',
  'pul(?:e|ar)',
  'nao (?:siga|sigas|obedeca|leve em conta|considere|respeite|cumpra)(?: mais)?',
  'pare de (?:seguir|obedecer)',
  'deixe de (?:seguir|lado)',
  'contorn(?:e|ar)',
  'sobrescrev(?:a|er)',
)
const PRIOR = any(
  'anterior(?:es)?|previ[oa]s?|precedentes?|acima|iniciais|inicial|originais|original|dad[oa]s?|recebid[oa]s?|existentes?|passad[oa]s?|do sistema|de sistema|ate agora|antes(?! d)|mencionad[oa]s',
)
const STEERING = any(
  'instruc(?:ao|oes)|ordens|ordem|regras?|diretrizes|diretivas?|prompts?|comandos?|programacao|restric(?:ao|oes)|orientac(?:ao|oes)|normas|limitacoes',
)
const STEERING_LITERALS = [
  'instruc',
  'ordens',
  'ordem',
  'regra',
  'diretri',
  'diretiva',
  'prompt',
  'comando',
  'programacao',
  'restric',
  'orientac',
  'normas',
  'limitacoes',
]

export const portuguese = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!minhas?\\b|meus?\\b)\\w{1,12}){0,4}${SEP}${STEERING}${gap(3)}${PRIOR}`,
        literals: STEERING_LITERALS,
        confidence: 0.92,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'prior-soft',
        pattern: `${DROP}(?:${SEP}(?:tod[oa]s?|[oa]s?|ess[ea]s?|est[ea]s?|suas?|tuas?|seus?|d[oa]s?|de)){0,4}${SEP}${any('mensage(?:m|ns)|textos?|conversas?|contexto')}(?:${SEP}(?:d[aei]|qui|que|che|[oa]))?${SEP}${PRIOR}`,
        literals: ['mensage', 'texto', 'conversa'],
        confidence: 0.55,
      },
      {
        name: 'prior-first',
        pattern: `${DROP}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('anteriores|previas|antigas|primeiras|atuais')}${SEP}${any('instrucoes|ordens|regras|diretrizes|comandos|orientacoes')}`,
        literals: STEERING_LITERALS,
        confidence: 0.88,
      },
      {
        name: 'all',
        pattern: `${DROP}${SEP}${any('tod[oa]s?(?: as| os| suas| tuas| essas| estas| seus)?|suas|tuas|seus|sua|quaisquer|essas')}${gap(1)}${any('instrucoes|ordens|regras|diretrizes|prompts?|programacao|restricoes|filtros|limitacoes|orientacoes|normas')}`,
        literals: [
          'instrucoes',
          'ordens',
          'regras',
          'diretrizes',
          'prompt',
          'programacao',
          'restricoes',
          'filtros',
          'limitacoes',
          'orientacoes',
          'normas',
        ],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:esque(?:ca|cer)|ignor(?:e|ar)|desconsider(?:e|ar)|apague)${SEP}(?:absolutamente${SEP})?tudo(?:${SEP}(?!sobre)\\w{1,12}){0,5}${SEP}(?:anterior(?:mente)?|antes|acima|dito|disse(?:ram)?|aprendeu|escrito|ate agora)(?!${SEP}(?:sobre|acerca|a respeito))`,
        literals: ['esque', 'ignor', 'desconsider', 'apague'],
        confidence: 0.82,
      },
      {
        name: 'forget-all',
        pattern: `(?:esqueca|ignore|desconsidere)${SEP}tudo(?=[.!,;:]|(?![^\\n])| e )`,
        literals: ['esqueca', 'ignore', 'desconsidere'],
        confidence: 0.6,
      },
      {
        name: 'new',
        pattern: `(?:novas?|verdadeiras?|reais)${SEP}(?:instrucoes|instrucao|ordens|diretrizes|regras|tarefa|missao|identidade) ?(?:e|sao)? ?:|sua nova (?:tarefa|missao|identidade|instrucao|ordem) e|as (?:instrucoes|regras|ordens)${gap(2)}(?:nao (?:se aplicam|valem|sao validas)(?: mais)?|estao anuladas|foram canceladas)`,
        literals: ['instruc', 'ordens', 'diretrizes', 'regras', 'tarefa', 'missao', 'identidade', 'ordem'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'pt',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `${any('voce e|tu es|aja|atue|finja|imagine|responda|comporte-se|simule|seja|torne-se|interprete|faca de conta|passe a ser|sera')}(?:${SEP}\\w{1,14}){0,7}${SEP}(?:ia|assistente|chatbot|modelo|versao|inteligencia|bot)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:sem (?:nenhuma? |qualquer )?(?:restric(?:ao|oes)|filtros?|limites?|censura|regras?|moral|etica|limitac(?:ao|oes))|nao censurad[oa]|ilimitad[oa]|malign[oa]|amoral|irrestrit[oa]|desbloquead[oa])`,
        literals: ['sem ', 'censurad', 'ilimitad', 'malign', 'amoral', 'irrestrit', 'desbloquead'],
        confidence: 0.8,
      },
      {
        name: 'without-limits',
        pattern: `(?:responda|aja|voce nao tem|nao tem|respostas?|fale|escreva|respondera)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:sem|nenhuma?)${SEP}(?:(?:nenhuma?|nenhum|qualquer|tipo|de|filtros|ou|e)${SEP}){0,3}(?:restric(?:ao|oes)|filtros?|limites|censura|moral|etica|limitacoes)`,
        literals: ['restric', 'filtro', 'limites', 'censura', 'moral', 'etica', 'limitacoes'],
        confidence: 0.52,
      },
      {
        name: 'mode',
        pattern: `modo (?:de )?(?:desenvolvedor|dan|jailbreak|deus|administrador|admin|depuracao|debug|sem (?:filtros|restricoes)|root|manutencao)(?:${SEP}\\w{1,8}){0,2}${SEP}(?:ativad[oa]|ativo|habilitad[oa])|(?:ative|entre em|entre no|mude para|voce esta(?: agora)? (?:em|no)|habilite)(?: o)? ?modo (?:de )?(?:desenvolvedor|dan|jailbreak|deus|admin\\w{0,8}|debug|sem (?:filtros|restricoes)|root|manutencao)`,
        literals: ['modo'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
      {
        name: 'not-bound',
        pattern: `(?:nao|sem)${SEP}(?:esta|estar|precisa|deve|tem que)${gap(1)}(?:sujeit[oa]|limitad[oa]|pres[oa]|obrigad[oa]|vinculad[oa]|seguir|cumprir|respeitar|obedecer)${gap(3)}(?:regras|restricoes|diretrizes|normas|leis|politicas|limites)`,
        literals: ['regras', 'restricoes', 'diretrizes', 'normas', 'leis', 'politicas', 'limites'],
        confidence: 0.58,
      },
    ],
    'pt',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `${any('mostre|revele|diga|de-me|me de|repita|escreva|imprima|traduza|compartilhe|divulgue|copie|resuma|qual (?:e|era|foi)|quais (?:sao|eram|foram)|liste|exiba|forneca|cite|me (?:mostre|diga|revele|conte)')}(?:${SEP}(?:me|o|a|as|os|todo|todas|de|do|texto|conteudo|exat\\w{0,6}|completo|integral|palavra|por|literal\\w{0,5}|em)){0,6}${SEP}(?:seus?|suas?|teu|tuas|o|as?|os)${gap(1)}(?:prompt (?:do|de)? ?(?:sistema|inicial|oculto|secreto|original)|mensagem (?:do sistema|inicial)|instruc(?:ao|oes) (?:do sistema|de sistema|iniciais|ocultas?|secretas?|internas?|originais|confidenciais)|(?:regras|diretrizes) (?:iniciais|ocultas|secretas|internas|originais|do sistema|confidenciais)|system prompt)`,
        literals: ['prompt', 'mensagem', 'instruc', 'regras', 'diretrizes'],
        confidence: 0.82,
      },
      {
        name: 'your-instructions',
        pattern: `(?:mostre|revele|diga|repita|escreva|traduza|compartilhe|liste|quais (?:sao|eram)|copie|resuma|exiba)(?:${SEP}(?:me|todas?|exatamente|literalmente)){0,2}${SEP}(?:as )?(?:suas|tuas)${SEP}(?:\\w{1,12}${SEP})?(?:instrucoes|diretrizes|orientacoes|regras)`,
        literals: ['instrucoes', 'diretrizes', 'orientacoes', 'regras'],
        confidence: 0.6,
      },
      {
        name: 'above',
        pattern: `(?:repita|mostre|copie|escreva|imprima|traduza|exiba|diga)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:texto|palavras|tudo|linhas?|frases?|conteudo|mensagem|o que)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:acima|antes desta|antes deste|anterior a|mais acima)`,
        literals: ['repita', 'mostre', 'copie', 'escreva', 'imprima', 'traduza', 'exiba', 'diga'],
        confidence: 0.6,
      },
    ],
    'pt',
  ),
  ...latinRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:(?:nao|nunca|jamais)${SEP}(?:se )?(?:recuse|rejeite|desculpe-se|peca desculpas|negue)|(?:nao pode|nao deve) (?:recusar|rejeitar|se recusar|negar|se desculpar)|(?:nao|nunca) (?:diga|responda)(?:${SEP}\\w{1,8}){0,3}${SEP}["']?(?:desculpe|sinto muito|nao posso|como (?:uma )?ia|como modelo)|sem (?:nenhum |nenhuma |qualquer )?(?:avisos? (?:legais|eticos)|advertencias?|isencao de responsabilidade))`,
        literals: [
          'recus',
          'rejeit',
          'desculp',
          'negue',
          'negar',
          'sinto muito',
          'nao posso',
          'como ',
          'aviso',
          'advertencia',
          'isencao',
        ],
        confidence: 0.55,
      },
      {
        name: 'affirmative',
        pattern: `(?:comece|inicie|comecar)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:com|por|dizendo)(?:${SEP}\\w{1,12}){0,3}[ :]{1,2}["'«] ?(?:claro|com certeza|sim|aqui esta|com prazer|certamente|absolutamente)`,
        literals: ['comec', 'inicie'],
        confidence: 0.6,
      },
    ],
    'pt',
  ),
  ...latinRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `se (?:voce e|voce for|tu es|for) (?:uma? |o |a )?(?:\\w{1,12} )?(?:ia|llm|modelo de linguagem|chatbot|assistente|inteligencia artificial)|(?:nota|instrucoes|mensagem|atencao|aviso|orientacoes) (?:para|a|ao|as|aos|dirigid[oa]s? a) ?(?:o |a |os |as |qualquer |todos os )?(?:ia|assistentes?|llms?|modelos?(?: de linguagem)?|chatbots?|inteligencias? artificia(?:l|is)|agentes? de ia)(?=[ :,.!)]|\\n)`,
        literals: ['se voce', 'se tu', 'se for', 'nota', 'instrucoes', 'mensagem', 'atencao', 'aviso', 'orientacoes'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'pt',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:nao|sem|nunca)${SEP}(?:lhe |o |isso )?(?:diga|dizer|mencione|mencionar|informe|informar|revele|revelar|avise|avisar|conte|contar|notifique|notificar)(?:${SEP}(?:nada|isso|isto|nunca|de|ao|sobre|a|que)){0,4}${SEP}(?:ao |o |aos |os )?(?:usuario|utilizador|cliente)s?`,
        literals: ['usuario', 'utilizador', 'cliente'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:envie|enviar|encaminhe|encaminhar|mande|transfira|transmita|carregue)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:senhas?|credenciais|chaves?(?: api| de api)?|conversa|historico|dados|mensagens|e-?mails?|contatos|arquivos|ficheiros|prompt|segredos?)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:para|a|ao)${SEP}(?:o endereco )?["'<]?(?:https?:|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}|\\w{1,20}\\.(?:com|br|pt|net|org|io|ru|xyz))`,
        literals: ['http', '@', '.com', '.br', '.pt', '.net', '.org', '.io', '.ru', '.xyz'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'pt',
  ),
]
