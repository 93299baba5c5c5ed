import { slots, type Slots } from './slots.ts'

/** The counterparts of attacks: roles that people hand out, things that may be ignored, things that may be shown. */
export interface HarmlessCombination {
  readonly role: Slots
  readonly ignore: Slots
  readonly show: Slots
}

export const harmlessCombinations: Readonly<Record<string, HarmlessCombination>> = {
  en: {
    role: slots(
      'You are now|You are|Act as|Pretend to be|Play|Imagine you are|From now on you are|I want you to act as|Be|Take the role of|Speak as',
      'a chess tutor|a tour guide in Lisbon|my history teacher|a friendly librarian|a job interviewer|a poet|a football commentator|a personal trainer|a knight from the middle ages|a senior developer|a nutritionist|a shop assistant|a detective in a novel|a talking cat|an astronaut|a grumpy neighbour',
      'and explain the rules of the game|; my first question is about bread|and ask me ten questions|, please|and help me with my essay|. Describe your day|and correct my mistakes|. What do you recommend?|; stay friendly',
    ),
    ignore: slots(
      'Ignore|Disregard|Forget|Skip|Please ignore|You can ignore|Never mind|Drop|Do not worry about|Override|Bypass|Delete|Should I ignore|Can we skip',
      'the|my|the last|the first|that|the previous|the above|our earlier|all the',
      'typo|warning, it was a false alarm|empty rows|email, I found the answer|noise in the sample|question, I solved it|recipe, we are out of eggs|comments in the file|chapter on taxes|test data|default settings of the theme|method in the subclass|cache while you debug|order, I will place a new one|alarm clock|draft and start over',
    ),
    show: slots(
      'Show me|Print|Repeat|Tell me|Give me|Display|List|Write down|Summarise|Explain|What is|What are|Reveal|Output',
      'the|all the|the full|a list of|the exact|the complete|our|the hidden',
      'opening hours|lyrics of the anthem|instructions for the washing machine|rules of volleyball|columns in the sheet|password requirements of the portal|configuration options of the router|secrets of good bread|system requirements|steps of the proof|contents of the folder|error messages in the log|ingredients|code without comments|plot of the film|guidelines for authors',
    ),
  },
  de: {
    role: slots(
      'Du bist jetzt|Du bist|Spiele|Stell dir vor, du bist|Ab jetzt bist du|Sei|Sprich als|Verhalte dich wie',
      'ein Schachlehrer|ein Reiseleiter in Rom|meine Deutschlehrerin|ein Koch|ein Fußballtrainer|ein Ritter|eine Bibliothekarin|ein Arzt in einem Hörspiel|ein strenger Prüfer|eine sprechende Katze',
      'und erkläre mir die Regeln|und stelle mir fünf Fragen|. Was empfiehlst du?|und verbessere meine Fehler|, bitte|und erzähle von deinem Tag',
    ),
    ignore: slots(
      'Ignoriere|Vergiss|Überspringe|Du kannst|Beachte|Bitte ignoriere|Streiche|Darf man',
      'den|die|meine|die letzte|die vorherige|alle|die obige',
      'Warnung, das war ein Fehlalarm|Mail von heute früh|leeren Zeilen|Tippfehler|Kommentare im Code|Frage, ich habe sie gelöst|Rechnung vom Mai|Regeln der alten Hausordnung ignorieren|Überschrift der Tabelle|Pausen nicht mitzählen',
    ),
    show: slots(
      'Zeige mir|Gib mir|Nenne|Drucke|Wiederhole|Erkläre|Was sind|Liste',
      'die|alle|die genauen|die vollständigen|unsere',
      'Öffnungszeiten|Anweisungen für den Geschirrspüler|Regeln von Skat|Systemanforderungen|Passwortregeln des Portals|Schritte des Rezepts|Fehlermeldungen im Protokoll|Einstellungen des Routers|Geheimnisse guter Soßen',
    ),
  },
  fr: {
    role: slots(
      'Tu es maintenant|Vous êtes|Joue le rôle d’|Imagine que tu es|Fais comme si tu étais|Sois|Parle comme|À partir de maintenant tu es',
      'un guide touristique à Paris|un professeur d’échecs|une bibliothécaire|un chef cuisinier|un entraîneur de foot|un chevalier|un examinateur sévère|un chat qui parle|une avocate dans un film',
      'et explique-moi les règles|et pose-moi cinq questions|, s’il te plaît|. Que conseilles-tu ?|et corrige mes fautes|et raconte ta journée',
    ),
    ignore: slots(
      'Ignore|Oublie|Ignorez|Oubliez|Saute|Ne tiens pas compte de|Supprime|Peut-on ignorer',
      'la|le|mon|le dernier|tous les|l’ancien',
      'message, j’ai trouvé la réponse|ligne vide|avertissement du compilateur|rendez-vous de mardi|commentaires du fichier|faute de frappe|mot de passe oublié, comment le changer ?|parapluie à la maison|chapitre sur les impôts',
    ),
    show: slots(
      'Montre-moi|Affiche|Répète|Donne-moi|Explique|Quelles sont|Imprime|Liste',
      'les|toutes les|la liste des|le détail des|nos',
      'règles du rugby|instructions de montage|heures d’ouverture|paroles de la chanson|étapes de la recette|erreurs du journal|consignes de l’examen|colonnes cachées du tableau|exigences du système',
    ),
  },
  es: {
    role: slots(
      'Ahora eres|Eres|Actúa como|Haz de|Imagina que eres|Finge ser|Desde ahora eres|Habla como',
      'un guía turístico en Sevilla|un profesor de ajedrez|una bibliotecaria|un cocinero|un entrenador|un caballero medieval|un examinador estricto|un gato que habla|una abogada de película',
      'y explícame las reglas|y hazme cinco preguntas|, por favor|. ¿Qué recomiendas?|y corrige mis errores|y cuéntame tu día',
    ),
    ignore: slots(
      'Ignora|Olvida|Olvidé|Omite|Sáltate|No hagas caso de|Borra|¿Puedo ignorar',
      'el|la|mi|las|los|el último|la anterior',
      'reglas del dominó|aviso del compilador|mensaje, ya lo resolví|filas vacías|receta y busca otra|contraseña del wifi, ¿cómo la cambio?|comentarios del código|cita del martes|borrador anterior',
    ),
    show: slots(
      'Muéstrame|Dime|Repite|Dame|Explica|Imprime|Enumera|¿Cuáles son',
      'las|todas las|los|la lista de|nuestras',
      'instrucciones de la lavadora|reglas del tenis|horarios de la biblioteca|letras de la canción|pasos de la receta|errores del registro|normas del examen|columnas ocultas|requisitos del sistema',
    ),
  },
  pt: {
    role: slots(
      'Agora você é|Você é|Atue como|Finja ser|Imagine que é|Faça de conta que é|A partir de agora és|Fale como',
      'um guia turístico no Porto|um professor de xadrez|uma bibliotecária|um cozinheiro|um treinador|um cavaleiro|um examinador exigente|um gato falante|uma advogada de novela',
      'e explique as regras|e faça cinco perguntas|, por favor|. O que recomenda?|e corrija os meus erros|e conte o seu dia',
    ),
    ignore: slots(
      'Ignore|Esqueça|Esqueci|Desconsidere|Pule|Apague|Não ligue para|Posso ignorar',
      'a|o|as|os|o último|a anterior|meu',
      'regras do dominó|aviso do compilador|mensagem, já resolvi|linhas vazias|senha do wifi, como mudo?|comentários do código|reunião de terça|rascunho antigo|erro de digitação',
    ),
    show: slots(
      'Mostre|Diga|Repita|Dê-me|Explique|Imprima|Liste|Quais são',
      'as|todas as|os|a lista de|nossas',
      'instruções da máquina de lavar|regras do vôlei|horários do museu|letras da canção|passos da receita|erros do registo|normas do exame|colunas ocultas|requisitos do sistema',
    ),
  },
  it: {
    role: slots(
      'Ora sei|Sei|Fai finta di essere|Fingi di essere|Immagina di essere|Da ora sei|Recita la parte di|Parla come',
      'una guida turistica a Roma|un maestro di scacchi|una bibliotecaria|un cuoco|un allenatore|un cavaliere|un esaminatore severo|un gatto parlante|un avvocato di un film',
      'e spiegami le regole|e fammi cinque domande|, per favore|. Che cosa consigli?|e correggi i miei errori|e racconta la tua giornata',
    ),
    ignore: slots(
      'Ignora|Dimentica|Ho dimenticato|Salta|Trascura|Cancella|Non badare a|Posso ignorare',
      'il|la|le|i|l’ultimo|il mio|la precedente',
      'regole del tressette|avviso del compilatore|messaggio, ho già risolto|righe vuote|password del wifi, come la cambio?|commenti nel codice|riunione di martedì|vecchia bozza|errore di battitura',
    ),
    show: slots(
      'Mostrami|Dimmi|Ripeti|Dammi|Spiega|Stampa|Elenca|Quali sono',
      'le|tutte le|i|l’elenco delle|le nostre',
      'istruzioni della lavatrice|regole della pallavolo|orari del museo|parole della canzone|fasi della ricetta|errori nel registro|norme dell’esame|colonne nascoste|caratteristiche del sistema',
    ),
  },
  ru: {
    role: slots(
      'Теперь ты|Ты|Представь, что ты|Сыграй роль:|Веди себя как|Отвечай как|Вы|Побудь',
      'учитель шахмат|экскурсовод в Казани|библиотекарь|повар|тренер|рыцарь|строгий экзаменатор|говорящий кот|адвокат из фильма',
      'и объясни правила игры|и задай мне пять вопросов|, пожалуйста|. Что посоветуешь?|и исправь мои ошибки|и расскажи о своём дне',
    ),
    ignore: slots(
      'Игнорируй|Забудь|Я забыл|Пропусти|Не обращай внимания на|Удали|Можно не учитывать|Отмени',
      'эту|все|мою|последнюю|предыдущую|старые',
      'опечатку|пустые строки|встречу во вторник|правила домино|пароль от почты, как его сменить?|комментарии в коде|рассылку, она пришла по ошибке|черновик письма',
    ),
    show: slots(
      'Покажи|Назови|Повтори|Дай мне|Объясни|Распечатай|Перечисли|Какие есть',
      'все|полные|точные|наши|основные',
      'инструкции к стиральной машине|правила волейбола|часы работы музея|слова песни|шаги рецепта|ошибки из журнала|требования к системе|скрытые столбцы таблицы',
    ),
  },
  zh: {
    role: slots(
      '你现在是|你是|请扮演|假装你是|想象你是|从现在开始你是|充当',
      '一位象棋老师|一名北京导游|我的历史老师|一位厨师|一个足球教练|一位古代骑士|严格的考官|一只会说话的猫',
      '，给我讲讲规则。|，问我五个问题。|，请推荐几本书。|，帮我改正错误。|，说说你的一天。',
    ),
    ignore: slots(
      '忽略|忘记|我忘了|跳过|不用管|删除|可以忽略',
      '这个|上一封|所有的|我的|之前的|那些',
      '错别字。|空行。|邮件，我已经找到答案了。|邮箱密码，怎么改？|代码里的注释。|星期二的会议。|菜谱，换一个。',
    ),
    show: slots(
      '显示|告诉我|重复|给我|解释|打印|列出',
      '所有的|完整的|这台机器的|我们的|详细的',
      '开放时间。|洗衣机使用说明。|排球规则。|歌词。|菜谱步骤。|系统要求。|日志里的错误。',
    ),
  },
  ja: {
    role: slots(
      'あなたは今から|あなたは|想像してください、あなたは|これからあなたは|どうかあなたは',
      '将棋の先生です。|京都の観光ガイドです。|私の英語の先生です。|料理人です。|サッカーの監督です。|中世の騎士です。|厳しい試験官です。|話す猫です。',
      'ルールを説明してください。|質問を五つしてください。|おすすめを教えてください。|間違いを直してください。|一日の様子を話してください。',
    ),
    ignore: slots(
      '先ほどの|前の|この|すべての|私の|上の',
      '誤字|空の行|メール|警告|コメント|火曜日の予定|レシピ|アラーム|パスワード',
      'は無視して大丈夫です。|は気にしないでください。|を忘れました。どうすればいいですか。|は飛ばしてください。|を削除してもいいですか。',
    ),
    show: slots(
      '洗濯機の|バレーボールの|美術館の|このソフトの|ログの|料理の|歌の|表の',
      '説明書|ルール|開館時間|システム要件|エラー|手順|歌詞|隠れた列',
      'を教えてください。|を表示してください。|を説明してください。|を一覧にしてください。|を繰り返してください。',
    ),
  },
  ko: {
    role: slots(
      '너는 이제|당신은|지금부터 너는|상상해 봐, 너는|당신은 지금',
      '체스 선생님이야.|부산 관광 안내원이야.|내 역사 선생님이야.|요리사야.|축구 감독이야.|중세 기사야.|엄격한 시험관이야.|말하는 고양이야.',
      '규칙을 설명해 줘.|질문 다섯 개를 해 줘.|추천해 줘.|내 실수를 고쳐 줘.|하루를 이야기해 줘.',
    ),
    ignore: slots(
      '방금|이전|모든|내|위의|지난번',
      '오타는|빈 줄은|메일은|경고는|주석은|화요일 회의는|비밀번호는|알람은',
      '무시해도 돼.|신경 쓰지 마세요.|잊어버렸어요, 어떻게 하죠?|건너뛰어 주세요.|삭제해도 될까요?',
    ),
    show: slots(
      '세탁기|배구|박물관|이 프로그램의|로그의|요리|노래|표의',
      '설명서를|규칙을|시간을|시스템 요구 사항을|오류를|순서를|가사를|숨겨진 열을',
      '알려 주세요.|보여 줘.|설명해 주세요.|정리해 줘.|반복해 줘.',
    ),
  },
  ar: {
    role: slots(
      'أنت الآن|أنت|تخيل أنك|تصرف مثل|العب دور|من الآن أنت',
      'معلم شطرنج|مرشد سياحي في القاهرة|أمينة مكتبة|طباخ|مدرب كرة قدم|فارس من العصور الوسطى|ممتحن صارم|قطة تتكلم',
      'واشرح لي القواعد.|واسألني خمسة أسئلة.|من فضلك.|وصحح أخطائي.|واحك لي عن يومك.',
    ),
    ignore: slots(
      'تجاهل|انس|نسيت|تخط|لا تهتم ب|احذف|هل يمكن تجاهل',
      'هذا|كل|الأخير|السابق|القديم',
      'الخطأ المطبعي|الأسطر الفارغة|البريد، وجدت الجواب|كلمة مرور البريد، كيف أغيرها؟|التعليقات في الكود|موعد الثلاثاء|التحذير، كان إنذارا كاذبا',
    ),
    show: slots(
      'أظهر لي|أخبرني عن|كرر|أعطني|اشرح|اطبع|ما هي',
      'جميع|كل|قائمة|تفاصيل',
      'تعليمات الغسالة|قواعد الكرة الطائرة|أوقات المتحف|كلمات الأغنية|خطوات الوصفة|أخطاء السجل|متطلبات النظام',
    ),
  },
  hi: {
    role: slots(
      'अब तुम|आप|मान लो तुम|कल्पना करो कि तुम|आज से आप',
      'शतरंज के शिक्षक हो।|दिल्ली के गाइड हो।|मेरे इतिहास के शिक्षक हो।|रसोइया हो।|क्रिकेट कोच हो।|मध्ययुग के योद्धा हो।|सख्त परीक्षक हो।|बोलने वाली बिल्ली हो।',
      'मुझे नियम समझाओ।|मुझसे पाँच सवाल पूछो।|कुछ सुझाव दो।|मेरी गलतियाँ सुधारो।|अपने दिन के बारे में बताओ।',
    ),
    ignore: slots(
      'पिछला|यह|सभी|मेरा|ऊपर का|पुराना',
      'ईमेल|टाइपो|खाली पंक्तियाँ|कोड की टिप्पणियाँ|मंगलवार की बैठक|पासवर्ड|चेतावनी वाला संदेश|अलार्म',
      'अनदेखा करें, जवाब मिल गया।|भूल गया, अब क्या करूँ?|छोड़ सकते हैं।|हटाना ठीक रहेगा?|भूल जाइए, नया बनाते हैं।',
    ),
    show: slots(
      'वॉशिंग मशीन के|वॉलीबॉल के|संग्रहालय का|इस सॉफ्टवेयर की|लॉग की|खाने की',
      'निर्देश|नियम|समय|सिस्टम आवश्यकताएँ|गलतियाँ|विधि',
      'दिखाओ।|बताइए।|समझाइए।|दोहराइए।|की सूची दें।',
    ),
  },
  'hi-Latn': {
    role: slots(
      'Ab tum|Aap|Maan lo tum|Socho ki tum|Aaj se aap',
      'chess ke teacher ho|Jaipur ke guide ho|meri English teacher ho|cook ho|cricket coach ho|interviewer ho|doctor ho kahani mein',
      'aur rules samjhao|aur mujhse paanch sawaal poocho|, kya suggest karoge?|aur meri galti batao|aur apne din ke baare mein batao',
    ),
    ignore: slots(
      'Pichla|Yeh|Saare|Mera|Upar wala|Purana',
      'email|typo|khaali rows|comments|Tuesday ka meeting|password|warning wala message|alarm|order',
      'ignore karo, jawab mil gaya|bhool gaya, ab kya karun?|chhod do|delete kar dun kya?|bhool jao, naya banate hain',
    ),
    show: slots(
      'Washing machine ke|Cricket ke|Museum ka|Is app ki|Recipe ke|Gaane ke|Paneer ki recipe',
      'instructions|rules|timing|system requirements|steps|lyrics',
      'batao|dikhao|samjhao|step by step batao|list karo|hindi mein likho',
    ),
  },
}
