import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'ignor(?:a|e|ad|en|ar|es|ando)',
  'olvid(?:a|e|en|ar|es|ate|ense)(?: de)?',
  'olvidate de',
  'desestim(?:a|e|ar)',
  'descart(?:a|e|ar)',
  'desobede(?:ce|zca|cer)',
  'omit(?:e|a|ir)',
  'salta(?:te)?',
  'anul(?:a|e|ar)',
  'elimin(?:a|e|ar)',
  'borr(?:a|e|ar)',
  'hag?(?:a|as)? caso omiso (?:a|de)',
  'haz caso omiso (?:a|de)',
  'no (?:sigas|siga|obedezcas|obedezca|tengas en cuenta|tenga en cuenta|hagas caso|haga caso|respetes|cumplas)(?: a| de)?',
  'deja de (?:seguir|obedecer)',
  'pas(?:a|e) por alto',
  'prescind(?:e|a) de',
  'sobrescrib(?:e|a|ir)',
)
const PRIOR = any(
  'anterior(?:es)?|previ[oa]s?|precedentes?|de arriba|arriba|iniciales?|originales?|dad[oa]s?|recibid[oa]s?|existentes?|pasad[oa]s?|del sistema|de sistema|hasta ahora|mencionad[oa]s|antes(?! de (?!est|este|esto))',
)
const STEERING = any(
  'instruccion(?:es)?|indicacion(?:es)?|ordenes|orden|reglas?|directrices|directivas?|prompts?|comandos?|programacion|restriccion(?:es)?|consignas?|normas|pautas|limitaciones',
)
const STEERING_LITERALS = [
  'instruccion',
  'indicacion',
  'orden',
  'regla',
  'directric',
  'directiva',
  'prompt',
  'comando',
  'programacion',
  'restriccion',
  'consigna',
  'normas',
  'pautas',
  'limitaciones',
]

export const spanish = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!mis?\\b)\\w{1,12}){0,4}${SEP}${STEERING}${gap(3)}${PRIOR}`,
        literals: STEERING_LITERALS,
        confidence: 0.92,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'prior-soft',
        pattern: `${DROP}(?:${SEP}(?:tod[oa]s?|las?|los|el|lo|est[ea]s?|estos|tus?|sus?|del|de)){0,4}${SEP}${any('mensajes?|textos?|conversacion(?:es)?|contexto|charlas?')}(?:${SEP}(?:d[aei]|qui|que|che|[oa]))?${SEP}${PRIOR}`,
        literals: ['mensaje', 'texto', 'conversacion', 'charla'],
        confidence: 0.55,
      },
      {
        name: 'prior-first',
        pattern: `${DROP}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('anteriores|previas|previos|antiguas|primeras|actuales')}${SEP}${any('instrucciones|indicaciones|ordenes|reglas|directrices|comandos')}`,
        literals: STEERING_LITERALS,
        confidence: 0.88,
      },
      {
        name: 'all',
        pattern: `${DROP}(?:${SEP}(?:por completo|completamente|ahora)){0,1}${SEP}${any('tod[oa]s?(?: las| los| tus| sus| estas)?|tus|sus|cualquier|estas|tu')}${gap(1)}${any('instruccion(?:es)?|indicaciones|reglas|directrices|prompts?|programacion|restricciones|filtros|limitaciones|ordenes|normas')}`,
        literals: [
          'instruccion',
          'indicaciones',
          'reglas',
          'directrices',
          'prompt',
          'programacion',
          'restricciones',
          'filtros',
          'limitaciones',
          'ordenes',
          'normas',
        ],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:olvid(?:a|e|ar|en|es)|ignor(?:a|e|ar|en)|borra)${SEP}(?:absolutamente${SEP})?tod[oa](?:${SEP}(?!sobre)\\w{1,12}){0,5}${SEP}(?:anterior(?:mente)?|antes|previo|arriba|dicho|dije|dijeron|digo|aprendido|escrito|anteriormente|hasta ahora)(?!${SEP}(?:sobre|acerca))`,
        literals: ['olvid', 'ignor', 'borra'],
        confidence: 0.82,
      },
      {
        name: 'forget-all',
        pattern: `(?:olvida|olvide|olvidate de|ignora|ignore)${SEP}todo(?=[.!,;:]|(?![^\\n])| y )`,
        literals: ['olvid', 'ignor'],
        confidence: 0.6,
      },
      {
        name: 'new',
        pattern: `(?:nuevas?|verdaderas?|reales|estas son tus nuevas?)${SEP}(?:instrucciones|instruccion|ordenes|directrices|reglas|tarea|mision|identidad) ?(?:es|son)? ?:|(?:tu|su) nueva (?:tarea|mision|identidad|instruccion|orden) (?:es|consiste)|las (?:instrucciones|reglas|ordenes)${gap(2)}(?:ya no (?:aplican|son validas|se aplican)|quedan anuladas|estan anuladas)`,
        literals: ['instruccion', 'ordenes', 'directrices', 'reglas', 'tarea', 'mision', 'identidad', 'orden'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'es',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `${any('eres|actua|actue|actuar|finge|imagina|imagine|responde|comportate|simula|haz de|conviertete|se|sea|serás|seras|interpreta|hazte pasar')}(?:${SEP}\\w{1,14}){0,7}${SEP}(?:ia|asistente|chatbot|modelo|version|inteligencia|bot)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:sin (?:ninguna? |ningun tipo de )?(?:restriccion(?:es)?|filtros?|limites?|censura|reglas?|moral|etica|limitacion(?:es)?)|no censurad[oa]|ilimitad[oa]|malvad[oa]|amoral|irrestrict[oa]|desbloquead[oa])`,
        literals: ['sin ', 'censurad', 'ilimitad', 'malvad', 'amoral', 'irrestrict', 'desbloquead'],
        confidence: 0.8,
      },
      {
        name: 'without-limits',
        pattern: `(?:responde|responder|actua|no tienes|tienes|respuestas?|habla|escribe|responderas|contesta)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:sin|ninguna?)${SEP}(?:(?:ninguna?|ningun|tipo|de|filtros|ni)${SEP}){0,3}(?:restriccion(?:es)?|filtros?|limites|censura|reglas eticas|moral|etica|limitaciones)`,
        literals: ['restriccion', 'filtro', 'limites', 'censura', 'eticas', 'moral', 'etica', 'limitaciones'],
        confidence: 0.52,
      },
      {
        name: 'mode',
        pattern: `modo (?:de )?(?:desarrollador|dan|jailbreak|dios|administrador|admin|depuracion|debug|sin (?:filtros|restricciones)|root|mantenimiento)(?:${SEP}\\w{1,8}){0,2}${SEP}(?:activad[oa]|activo|habilitad[oa])|(?:activa|active|entra en|cambia a|estas(?: ahora)? en|ahora estas en|habilita)(?: el)? modo (?:de )?(?:desarrollador|dan|jailbreak|dios|admin\\w{0,8}|debug|sin (?:filtros|restricciones)|root|mantenimiento)`,
        literals: ['modo'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
      {
        name: 'not-bound',
        pattern: `(?:no|ya no|sin)${SEP}(?:estas|estar|esta|tienes que|debes|necesitas)${gap(1)}(?:sujet[oa]|limitad[oa]|atad[oa]|obligad[oa]|seguir|cumplir|respetar|obedecer)${gap(3)}(?:reglas|restricciones|directrices|normas|leyes|politicas|limites)`,
        literals: ['reglas', 'restricciones', 'directrices', 'normas', 'leyes', 'politicas', 'limites'],
        confidence: 0.58,
      },
    ],
    'es',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `${any('muestra(?:me)?|muestre|revela(?:me)?|revele|dame|deme|dime|diga|repite|repita|escribe|imprime|traduce|comparte|divulga|copia|resume|cual(?:es)? (?:es|son|eran|era|fue|fueron)|lista|ensename|proporciona|cita')}(?:${SEP}(?:me|el|la|las|los|todo|todas|de|del|texto|contenido|exact\\w{0,6}|completo|integro|palabra|por|literal\\w{0,5}|en|entero)){0,6}${SEP}(?:tus?|sus?|el|las?|los)${gap(1)}(?:prompt (?:del? sistema|inicial|oculto|secreto|original)|mensaje (?:del? sistema|inicial)|instruccion(?:es)? (?:del? sistema|inicial(?:es)?|ocultas?|secretas?|internas?|originales|confidenciales)|(?:reglas|directrices|indicaciones) (?:iniciales|ocultas|secretas|internas|originales|del sistema|confidenciales)|system prompt)`,
        literals: ['prompt', 'mensaje', 'instruccion', 'reglas', 'directrices', 'indicaciones'],
        confidence: 0.82,
      },
      {
        name: 'your-instructions',
        pattern: `(?:muestra(?:me)?|revela(?:me)?|dame|dime|repite|escribe|traduce|comparte|lista|cuales (?:son|eran)|copia|resume)(?:${SEP}(?:todas?|exactamente|literalmente)){0,2}${SEP}(?:tus|sus)${SEP}(?:\\w{1,12}${SEP})?(?:instrucciones|directrices|indicaciones|reglas|prompt)`,
        literals: ['instrucciones', 'directrices', 'indicaciones', 'reglas', 'prompt'],
        confidence: 0.6,
      },
      {
        name: 'above',
        pattern: `(?:repite|repita|muestra|muestre|copia|escribe|imprime|traduce|dime)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:texto|palabras|todo|lineas?|frases?|contenido|mensaje|lo que)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:arriba|anterior a|antes de este|encima|mas arriba|precede)`,
        literals: ['repit', 'muestr', 'copia', 'escribe', 'imprime', 'traduce', 'dime'],
        confidence: 0.6,
      },
    ],
    'es',
  ),
  ...latinRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:(?:no|nunca|jamas)${SEP}(?:te niegues|se niegue|rechaces|rechace|te disculpes|declines)|no (?:puedes|debes|podras) (?:negarte|rechazar|disculparte|rehusar)|(?:no|nunca) (?:digas|diga|respondas)(?:${SEP}\\w{1,8}){0,3}${SEP}["']?(?:lo siento|no puedo|como (?:una )?ia|como modelo)|sin (?:ningun |ninguna )?(?:advertencias?|avisos? (?:legales|eticos)|descargos? de responsabilidad))`,
        literals: [
          'niegu',
          'rechac',
          'rechaz',
          'disculp',
          'declines',
          'negarte',
          'rehusar',
          'lo siento',
          'no puedo',
          'como ',
          'advertencia',
          'aviso',
          'descargo',
        ],
        confidence: 0.55,
      },
      {
        name: 'affirmative',
        pattern: `(?:comienza|empieza|inicia|comience|empiece)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:con|diciendo)(?:${SEP}\\w{1,12}){0,3}[ :]{1,2}["'«] ?(?:claro|por supuesto|si,|si|seguro|aqui tienes|con gusto|absolutamente)`,
        literals: ['comien', 'empie', 'inicia'],
        confidence: 0.6,
      },
    ],
    'es',
  ),
  ...latinRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `si (?:eres|usted es) (?:una? |el |la )?(?:\\w{1,12} )?(?:ia|llm|modelo de lenguaje|chatbot|asistente|inteligencia artificial)|(?:nota|instrucciones|mensaje|atencion|aviso|indicaciones) (?:para|a|dirigid[oa]s? a) (?:el |la |los |las |cualquier |todos los )?(?:ia|asistentes?|llms?|modelos?(?: de lenguaje)?|chatbots?|inteligencias? artificiales?|agentes? de ia)(?=[ :,.!)]|\\n)`,
        literals: ['si eres', 'si usted', 'nota', 'instrucciones', 'mensaje', 'atencion', 'aviso', 'indicaciones'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'es',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:no|sin|nunca)${SEP}(?:se lo |le |lo )?(?:digas|diga|decir\\w{0,3}|menciones|mencione|mencionar\\w{0,2}|informes|informe|informar|reveles|revele|avises|avisar|cuentes|notifiques|notificar)(?:${SEP}(?:nada|esto|nunca|de|al|lo|sobre|a|que)){0,4}${SEP}(?:al |el |a los |los )?(?:usuario|usuaria|cliente)s?`,
        literals: ['usuari', 'cliente'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:envia|envie|enviar|reenvia|reenvie|manda|mande|transfiere|transmite|sube)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:contrasenas?|credenciales|claves?(?: api| de api)?|conversacion|historial|datos|mensajes?|correos?|contactos|archivos|prompt|secretos?)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:a|al|hacia)${SEP}(?:la direccion )?["'<]?(?:https?:|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}|\\w{1,20}\\.(?:com|es|net|org|io|ru|xyz))`,
        literals: ['http', '@', '.com', '.es', '.net', '.org', '.io', '.ru', '.xyz'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'es',
  ),
]
