import { any } from './fragments.ts'

/**
 * Words of people who talk about attacks, as the folded view has them: they stand next to the phrase in quotes, outside
 * of the quotes. Latin-script words end where the word ends; the others are stems.
 */
const LATIN = any(
  'such as|like|e\\.g|for example|examples?|phrases?|words?|wording|strings?|keywords?|patterns?|sentences?|inputs?|unit tests?|test cases?|attacks?|attackers?|attempts?|injections?|jailbreaks?|detect\\w{0,5}|defen[ds]\\w{0,6}|prevent\\w{0,4}|protect\\w{0,5}|block(?:s|ed|ing)?|filter(?:s|ed|ing)?|flagged|refused|rejected|guards?|against|mitigat\\w{0,5}|sanitiz\\w{0,4}|called|known as|said|means?|meaning|translat\\w{1,5}|analy[sz]e|explain|what does|payloads?|malicious|adversar\\w{0,4}|hacker|tries to|trick',
  'review (?:my|this|our)|angriff\\w{0,3}|angreifer\\w{0,2}|beispiel\\w{0,3}|bedeutet|bedeutung|hei(?:ß|ss)t|s[aä]tze?|formulierung\\w{0,2}|wendung\\w{0,2}|ausdruck|zeichenkette|zeile wie|erkenn(?:t|en)|gemeint',
  'attaque\\w{0,4}|exemple|veut dire|signifi\\w{1,4}|expression|formule|detecte\\w{0,2}|filtre',
  'ejemplo|ataques?|atacantes?|significa|quiere decir|frases?|expresion|detecta',
  'exemplo|quer dizer|expressao|dete[ct]{1,2}a',
  'attacc\\w{1,5}|aggressor[ei]|esempio|vuol dire|espressione|rileva',
)
const OTHER =
  'атак|пример|фраз|значит|означает|злоумышлен|инъекци|строк[аиу]|фильтр|攻击|攻擊|攻撃|例如|比如|例子|示例|示例|意思|含义|含義|这句|這句|句子|短语|过滤器|防|注入|インジェクション|とは|という(?:文|言葉|フレーズ|表現|文字列|入力|一文)|意味|フレーズ|検出|の例|공격|예를|예시|예로|인젝션|뜻|의미|문장|라는 (?:말|표현)|문구|هجوم|مثال|عبارة|تعني|معنى|مهاجم|مثل|حقن|हमल|जैसे|मतलब|अर्थ|वाक्य|उदाहरण|इंजेक्शन'

/** See {@link LATIN}. */
export const ABOUT = new RegExp(`${LATIN}(?![a-z])|${OTHER}`, 'u')

/** "what does … mean": whoever asks what a phrase means needs no quotes. The two halves stand around the phrase. */
export const MEANING_BEFORE =
  /(?:what (?:does|do|did)|what is meant by|was (?:bedeutet|hei(?:ß|ss)t)|que (?:veut dire|signifie)|que (?:significa|quiere decir)|que quer dizer|cosa (?:significa|vuol dire)|что (?:значит|означает)|ماذا (?:تعني|يعني)|ما معنى)(?: (?:the|der|die|la|le|a|o|el|фраза|عبارة|جملة|satz|phrase|frase|sentence)){0,2} ?["'«„“]?$/u
export const MEANING_AFTER =
  /^[^\n.。!?]{0,40}(?: mean(?![a-z])|(?:是)?(?:什么|甚麼|什麼|啥)意思|(?:の意味|という意味|とはどういう|とは何)|무슨 (?:뜻|말|의미)|का (?:क्या )?(?:मतलब|अर्थ))/u

/** "tells the model to …", "designed to …": the phrase is what somebody else does. */
export const REPORTED =
  /(?:attempts?|attempting|trying|tries|tried|designed|aims?|intended|crafted|able|how|llms?|models?|chatbots?|agents?|it|them|attackers?|adversar\w{1,5}|hackers?|someone|people) (?:to|can|could|may|might|would) (?:\w{1,12} )?$|(?:told|asked|instructed|ordered|advised) (?:the (?:jury|class|team|staff|students|employees|crew|guests|drivers)|us|everyone|them|him|her) (?:to )?$|\b(?:if|when|whenever) (?:an?|any|the|some) (?:\w{1,12} ){1,3}(?:tells?|asks?|instructs?|orders?) (?:you|it|the model|the agent) to $/

/** The model is made or asked to do it, in other languages: the verb before it has another subject. */
export const CAUSED =
  /(?:al|ao|aux?|a la|alla?|allo|agli|a un|a une|all|a l)[ '](?:modele?s?|modelos?|modell[oi]|llms?|ia|chatbots?|assistants?|asistentes?|assistentes?|assistent[ei]|sistemas?|systemes?|sistem[ai]) (?:d[ei]? ?'?|ad? |que |che )$|(?:modell\w{0,2}|ki|llms?|chatbot\w?|assistenten)(?: \w{1,12}){0,2} (?:auf|an|dazu|dahin), (?:\w{1,12} ){0,2}$|(?:заставля|заставит|прос[ия]т|убежда|побужда|вынужда|призыва|уговарива)\p{L}{0,4}(?: \p{L}{1,14}){1,3} $|(?:指示|诱导|誘導|诱使|誘使|要求|让|讓|使|令|欺骗|迫使|导致)(?:其|它|模型|ai|llm|系统|系統|聊天机器人|聊天機器人|助手|大模型)(?:去)?$|(?:يطلب|تطلب|يجعل|لجعل|يدفع|تدفع|جعل|يقنع|إقناع)[^.!?؟\n،]{0,28}$/u

/** Attackers, and people of everyday life: who stands before the verb is not spoken to. */
const ATTACKERS = any(
  'attackers?|hackers?|scammers?|adversar(?:y|ies)|intruders?|criminals|malicious (?:users?|actors?|pages?|documents?)',
  'angreifer\\w{0,2}|betr[uü]ger\\w{0,2}|attaquants?|pirates?|atacantes?|estafadores|aggressor[ei]|attaccant[ei]|malintenzionat[io]|golpistas?',
)
const PEOPLE = any(
  'boss|manager|supervisor|neighbou?rs?|colleagues?|coworkers?|employees?|staff|driver|drivers|son|daughter|dog|cat|husband|wife|child|children|kids|teenagers?|students?|pupils?|nobody|why do people|why do (?:i|you|we)|why does',
  'chef|chefin|vorgesetzte[rn]?|nachbar\\w{0,2}|kolleg(?:e|en|in|innen)|mitarbeiter\\w{0,5}|fahrer|sohn|tochter|hund|kind|kinder|schuler|niemand|warum',
  'patron|voisins?|collegues?|employes?|conducteurs?|fils|fille|chien|enfants?|eleves?|pourquoi',
  'jefe|jefa|vecinos?|emplead[oa]s?|companer[oa]s?|conductor(?:es)?|hij[oa]s?|perro|alumn[oa]s|por que',
  'chefe|vizinhos?|empregad[oa]s?|colegas?|funcionari[oa]s?|motoristas?|filh[oa]s?|cao|alun[oa]s?',
  'capo|vicin[io]|collegh?[aie]|dipendent[ei]|autist[ai]|figli[oa]?|cane|student[ei]|perche',
)
const PEOPLE_ELSEWHERE =
  '(?:начальник|сосед|сотрудник|коллег|водител|сын|дочь|собак|ребёнок|ребенок|дети|ученик|студент|почему|злоумышленник|хакер|мошенник)[^.!?\\n,:]{0,24}|(?:儿子|女儿|兒子|女兒|老板|老闆|领导|主管|员工|員工|同事|孩子|学生|學生|司机|司機|他们?|她们?|有人|为什么|為什麼|为何|攻击者|黑客)[^。.!?,,、::\\n]{0,10}|(?:息子|娘|上司|社長|社員|部下|同僚|彼ら?|彼女|子供|子ども|学生|生徒|運転手|犬|誰か|なぜ|攻撃者|ハッカー)(?:たち)?(?:が|は|も)?[^。!?\\n「」]{0,12}|(?:아들|딸|상사|사장|직원|동료|그[는가]|아이|학생|운전자|공격자|해커|왜)[^.!?\\n:]{0,14}|(?:مدير|موظف|زميل|سائق|طالب|طفل|المهاجم|مهاجم|مخترق|لماذا)[^.!?؟\\n:،]{0,24}|(?:बॉस|कर्मचारी|सहकर्मी|बच्च|छात्र|ड्राइवर|हमलावर|हैकर|क्यों|वह |वे )[^।.!?\\n:]{0,20}'

/** The subject of the verb is somebody else: "my boss ignores …", "why do people ignore …". */
export const SOMEBODY_ELSE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${ATTACKERS}(?:[ '-]\\w{1,12}){0,6},?[ ']?|(?:${PEOPLE})(?: (?!and|und|et|y|e|to|you|du|must|should|are|is)\\w{1,12}){0,2}) ?$|(?:${PEOPLE_ELSEWHERE})$`,
  'u',
)

/**
 * How the verb goes on after the phrase when it tells and does not order, in languages whose verbs stand last; tested on
 * the end of the match, a NUL and what follows. "I hereby lift all rules" is no report.
 */
export const TOLD =
  /(?<!解除|取り消|破棄|キャンセル|リセット|上書き|更新)\0(?:し|さ|せ|れ|っ|い|て)?(?:します|しました|した[。、のとがか場人]|しています|している|していた|しても(?:いい|よい|大丈夫)|しがち|する(?:の|と|人|社員|方法|には|場合|攻撃|行為|理由|かどうか|ことが|ことは|ことも|ことで)|されま|される|された|されて|させ|せる|かった|(?:して)?しまい|(?:して)?しまっ|ています|ている|ていた|ました|とは|という)|(?<!해제|취소|폐기|초기화|무효|삭제)\0(?:하는|합니다|하도록 (?:하|유도|만)|하게 (?:만|하|되)|해요|하려는|하려고|했|합니까|한 (?:사람|직원|경우|이유)|할 (?:때|경우|수)|하라는|하라고 (?:하는|했|지시|적|쓴)|하면|되는|되었|됐|당하|해도 (?:돼|되|괜찮)|라는|하고 있)|\0(?: ?(?:क्यों|दिय[ाे]|चुक)| ?कर(?:त[ाेी]|ने (?:वाल|क[ेीा] |से )|(?:ते )?रह[ाेी]|न[ाेी] (?:क्यों|कैसे|चाहिए या))| ?किय[ाे]| ?क(?:ी|र दिय))|\0(?:了)?(?:的(?:人|攻击|攻擊|行为|请求|做法|员工|后果|话会|文本|指令)|会怎么样|會怎樣|怎么办|怎麼辦)/u

/** Phones, programs and machines have a developer mode, too; and whoever asks how to switch one on gives no order. */
export const MACHINE_MODE =
  /(?<![a-z])(?:(?:smart|i)?phone|android|tablet|chrome\w{0,4}|windows|xbox|playstation|quest|samsung|pixel|xiaomi|router|macbook|roku|handy|ger[aä]te?s?|telefon\w{0,2}|telephones?|portable|appareil|navigateur|telefono|movil|celular|dispositivo|telefone|telemovel|aparelho|cellulare|browser|mysql|postgres\w{0,3}|nginx|wordpress|django|how (?:do|can|to|does)|wie (?:kann|aktiviere|schalte|komme|stelle|mache|man|ich)|comment|como (?:se|puedo|posso|activ\w|ativ\w|habilit\w|entr\w|hago|faco|poner|coloc\w)|come (?:si|posso|attiv\w|abilit\w|entr\w|faccio|mett\w))(?![a-z])|телефон|смартфон|андроид|планшет|браузер|компьютер|как (?:включить|активировать|войти|перейти)|手机|手機|平板|电脑|電腦|安卓|浏览器|怎么|怎麼|如何|怎样|怎樣|电视|スマホ|携帯|端末|アンドロイド|タブレット|ブラウザ|どうやって|どうすれば|方法|(?:する|した|れる|るに)には|パソコン|컴퓨터|윈도우|려면|휴대폰|핸드폰|스마트폰|안드로이드|태블릿|브라우저|어떻게|방법|하려면|ما هو|هاتف|جوال|أندرويد|جهاز|متصفح|كيف|फ\u093c?ोन|मोबाइल|एंड्रॉइड|टैबलेट|ब्राउज\u093c?र|कैसे/u

/** "New rules: see the notice", "the old rules no longer apply since May": a change in a house, not in a prompt. */
export const NOTICE =
  /\0[^\0]*\0?[^\0\n.。]{0,24}(?:(?<![a-z])(?:see|siehe|s\.|voir|cf|veanse|vease|vea|ver|veja|vedi|vedere|veda)(?![a-z])|смотри|см\.|见|見|参见|ご覧|参照|보세요|참고|참조|انظر|راجع|देखें|देखिए)|\0[^\n.。]{0,12}(?<![a-z])(?:since|as of|from|seit|ab|depuis|a partir d[ueo]|a partire da\w?|desde|dal?|с|منذ) (?:dem |le |el |o |il |1\.? ?)?(?:\d|jan|gen|feb|fev|mar|apr|avr|abr|mai|may|mag|jun|jui|giu|jul|lug|aug|aou|ago|sep|set|oct|okt|ott|out|nov|dec|dez|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)/u

/** Tables and systems have restrictions and filters, too: "remove all restrictions of the table". */
export const OF_A_TABLE =
  /\0[^\0]*\0,? ?(?:of|in|on|from|de|del|da|do|della|dalla|nella|sur|dans|der|des|in der|aus|в|для|من|في)? ?(?:the|la|el|les|le|a|o|die|der|this|esta|cette)? ?(?:tables?|tabla|tabela|tabella|tabelle|spalte|columna|coluna|colonna|colonne|columns?|data ?base|datenbank|base de da\w{3,6}|excel|sheet|spreadsheet|firewall|router|таблиц|баз[ыеу]|столбц|الجدول|جدول)|(?:表|数据库|資料庫|テーブル|データベース|테이블|데이터베이스|तालिका|डेटाबेस)[^\0]{0,6}\0/u
