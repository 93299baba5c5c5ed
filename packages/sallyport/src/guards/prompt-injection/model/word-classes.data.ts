/**
 * Words that attacks in any language are made of, as stems of the folded view: a word belongs to the first class that
 * has a stem it begins with. A stem that ends in `.` is a whole word. Ideographs and kana are matched wherever they
 * stand. What is learned about a pair of classes in English holds for the other languages.
 */
export const WORD_CLASSES: Readonly<Record<string, string>> = {
  ignore:
    'ignor disregard forget bypass overrid overrul neglect discard circumvent unlearn dismiss nevermind supersed abandon violat ' +
    'vergiss vergesse vergessen missacht verwirf verwerf umgeh uberschreib ausser. ' +
    'oubli neglig contourn outrepass desobe omet ' +
    'olvid desestim omit omite pasa. descart anul desobed ' +
    'esquec esquec desconsider descart contorn ' +
    'dimentic trascur scavalc aggir tralasc ' +
    'negeer vergeet omzeil zignoruj ignoruj pomin zapomnij unut yoksay gormezden dikkate ' +
    'игнор забуд забыт отмен пренебр обойд обход ' +
    'تجاهل انس انسى تجاوز اهمل تخط أهمل إنس ' +
    'अनदेख भूल नजरअंद नज़रअंद उपेक्ष दरकिन ' +
    '무시 잊어 잊고 우회 무효 ' +
    '忽略 无视 無視 忘记 忘掉 忘了 忘れ 不理会 绕过 抛开 不顾 覆盖 破棄 従わない 不要遵',
  prior:
    'previous prior. above. earlier preceding former foregoing aforementioned original initial existing. ' +
    'vorherig vorig bisherig obig fruher ursprungl vorangeg vorstehend ' +
    'precedent anterieur dessus. initial ci-dessus ' +
    'anterior previ original ' +
    'precedent antecedent sopra. ' +
    'vorige eerdere bovenstaand poprzedni wczesniej powyzsz onceki yukaridaki ' +
    'предыдущ прежн прошл ранее. выше. исходн ' +
    'السابق الساب أعلاه اعلاه الأصلي الاصلي ' +
    'पिछल पहल पूर्व उपरोक्त मूल ' +
    '이전 위의 기존 앞의 앞선 지금까지 원래 ' +
    '之前 以前 先前 此前 上述 上面 以上 前面 これまで 前の 上記 元の 原来 原有',
  instruction:
    'instruct rules. rule. directiv guideline prompt prompts. command commands. constraint restriction policies. programming guidance ' +
    'anweis regel. regeln. vorgab richtlin befehl instruktion beschrank ' +
    'consigne regle. regles. directiv ordres. ' +
    'instruccion reglas. directric ordenes. indicacion restriccion ' +
    'instruc regras. diretriz ordens. comando ' +
    'istruzion regole. direttiv ordini. comand ' +
    'instructie regels. opdracht polecen instrukcj zasad talimat kural komut ' +
    'инструкц указан правил команд директив огранич промпт ' +
    'التعليمات تعليمات القواعد قواعد الأوامر أوامر التوجيهات توجيهات الاوامر القيود ' +
    'निर्देश नियम आदेश हिदायत प्रॉम्प्ट ' +
    '지시 명령 규칙 지침 프롬프트 제한 ' +
    '指令 指示 规则 規則 命令 规定 ルール 限制 制約 プロンプト 提示词 提示詞 要求 设定 設定',
  system:
    'system. systemprompt systemnachricht systeme. sistema. sistem systeem systemow systemu. системн система. النظام نظام सिस्टम 시스템 系统 系統 システム',
  assistant:
    'assistant ai. chatbot llm. llms. chatgpt gpt. gpt4 gpt-4 claude gemini bard. copilot bot. bots. languagemodel ' +
    'assistent ki. sprachmodell ia. ассистент ии. чатбот модель. مساعد المساعد ذكاء सहायक असिस्टेंट एआई ' +
    '어시스턴트 인공지능 챗봇 助手 人工智能 智能助理 模型 アシスタント モデル 人工知能 asistent yapay asistente assistente asystent',
  reveal:
    'reveal print. disclos divulg leak expose dump. recit verbatim regurgitat repeat display output. spell. echo. ' +
    'verrat verrate offenleg offenbar zeige. gib. nenne. wiederhol ausgeb preisgeb drucke. ' +
    'revel affich repet montre. divulgu recopi ' +
    'muestra. revela repit imprim divulg ' +
    'mostre. mostra. repet imprim exib ' +
    'rivel mostra. ripet stamp ' +
    'toon. onthul herhaal pokaz ujawn powtorz wypisz goster tekrar yazdir acikla. ' +
    'покаж раскрой выведи повтор напечат выдай раскры ' +
    'اكشف اعرض أظهر اظهر كرر اطبع أعرض ' +
    'दिखा बता प्रकट दोहर प्रिंट उजागर ' +
    '보여 출력 공개 알려 반복 밝혀 말해 ' +
    '显示 透露 泄露 输出 打印 重复 公开 展示 告诉我 复述 表示し 出力 教えて 開示 明かし 繰り返 見せて',
  secret:
    'secret password passwort credential confidential apikey api-key passphrase hidden. token. tokens. ' +
    'geheim vertraulich verborgen kennwort zugangsdat secret. mot-de-passe cache. caches. confidentiel secreto contrasena clave. oculto confidencial ' +
    'senha segredo segreto nascost riservat tajn haslo gizli sifre wachtwoord ' +
    'секрет парол скрыт ключ конфиденц ' +
    'السر سري السري كلمة المخفي مفتاح गुप्त पासवर्ड छिप गोपनीय 비밀 암호 숨겨 기밀 비밀번호 秘密 密码 密碼 机密 隐藏 隱藏 パスワード 機密 隠し',
  persona:
    'pretend roleplay role-play simulat imagin persona impersonat character. act. acts. acting. play. behave. embod ' +
    'spiele. stell. verhalte rolle. tu. agis. joue. role. fais. actua. finge simula imagin papel. personaje comport finja aja. ' +
    'fingi agisci ruolo. comportati speel. gedraag udawaj wcielisz rol. davran ' +
    'представ притвор веди. роль. ролев играй ' +
    'تظاهر تخيل تصرف دور العب नाटक कल्पना भूमिका अभिनय 연기 역할 가정 척해 상상 행동 扮演 假装 假設 假设 想象 角色 演じ ふり なりき ロールプレイ 振る舞',
  unbound:
    'unrestrict unfilter uncensor unlimit limitless jailbr jailbroken dan. stan. evil. amoral immoral unethical godmode god-mode sudo. root. unlock unhinged aim. dude. devmode anarch ' +
    'unzensier uneingeschr grenzenlos ungefiltert entwicklermodus illimit debrid sinfiltro sin-censura ilimitad irrestrit sem-censura senza-censura illimitat zonder-filter bez-ogranicz sinirsiz sansursuz ' +
    'неогранич безцензур джейлбрейк मुक्त अप्रतिबंधित 무제한 탈옥 제약없는 越狱 不受限制 无限制 無制限 脱獄 开发者模式 開発者モード بلا غير',
  mode: 'mode. modus. modo. modalita. modu. modus режим وضع मोड 모드 模式 モード debug. developer admin. administrator maintenance override. diagnostic developpeur desenvolvedor desarrollador sviluppatore',
  limit:
    'restrict limitation filter filters. censor ethic moral safety safeguard guardrail boundar safeguards. moderation refus decline apolog disclaimer warning ' +
    'ethisch moralisch filter sicherheitsricht verweiger weiger ethique morale. filtre censure etic moral filtros censura rifiut negar ' +
    'этик морал фильтр цензур отказ أخلاق قيود رقابة नैतिक प्रतिबंध फिल्टर 윤리 도덕 필터 검열 거부 道德 伦理 审查 过滤 拒绝 倫理 検閲 フィルター 拒否',
  negation:
    'not. no. never. dont. don without. nor. cannot. nicht. kein keine. ohne. niemals. nie. ne. pas. sans. jamais. sin. nunca. nao. sem. non. senza. mai. niet. geen. zonder. bez. nigdy. olmadan asla ' +
    'не. без. никогда нет. لا. بدون دون. मत. नहीं. बिना 없이 않고 하지 말고 不要 不得 没有 不再 しないで なしで せずに 无需 别',
  fresh:
    'new. now. instead. actually. henceforth urgent important attention. immediately priority critical. from. ' +
    'neu neue. jetzt. stattdessen. sofort wichtig achtung. ab. nouvel nouveau desormais maintenant. immediatement urgent nuev ahora. urgente inmediat agora. imediat novo. nova. nuov adesso. ora. subito urgente nieuwe. nowe. teraz. yeni. simdi. acil ' +
    'нов теперь вместо срочно важно сейчас الآن جديد عاجل فورا नया नई अब. तुरंत तत्काल महत्वपूर्ण 새로운 지금부터 이제 긴급 중요 즉시 新的 现在 现在起 立即 紧急 重要 从现在 新しい 今から これから 直ちに 緊急 代わりに',
  send:
    'send. forward. transfer. upload. exfil email. mail. wire. curl. fetch. visit. click. post. download. navigate. delete. execute. run. invoke. ' +
    'sende. schick leite. uberweis losch envoie. transfer transmets supprim envia. envie. reenvia borra. elimina. invia. inoltra cancella verstuur wyslij gonder sil. ' +
    'отправ перешл переведи удали ارسل أرسل حول احذف भेज हटा ट्रांसफर 보내 전송 삭제 송금 发送 转发 轉發 删除 转账 送信 転送 削除 送って',
  user: 'user. users. human. benutzer nutzer. utilisateur usuario usuari utente gebruiker uzytkownik kullanici пользовател المستخدم उपयोगकर्ता यूज़र 사용자 用户 用戶 ユーザー 使用者',
  task: 'task. tasks. question. request. objective goal. mission job. aufgabe frage. tache question. tarea pregunta tarefa pergunta compito domanda taak zadanie gorev задач вопрос المهمة مهمة السؤال कार्य सवाल प्रश्न 작업 질문 임무 과제 任务 任務 问题 タスク 質問 課題 目标',
  encoded:
    'decode decod base64 rot13 cipher encrypt encod hexadecimal binary. morse reversed. backward kodier entschlussel dekod decifr descifr декод расшифр 디코 解码 解密 デコード',
  obey:
    'follow. obey comply must. always. respond. answer. reply. say. write. start. begin. translate. summari ' +
    'folge. antwort muss. musst. schreibe. sage. gehorch reponds. dis. ecris. obeis dois. responde. escribe. di. debes. responda. escreva. diga. deve. rispondi. scrivi. devi. antwoord odpowie napisz cevap yaz. ' +
    'отвеч ответ. напиш скажи следуй выполн أجب اكتب قل اتبع يجب जवाब लिख कह उत्तर 대답 답변 써줘 작성 따라 回答 回复 写 说 执行 答えて 書いて 言って 従って 実行',
  pronoun:
    'you. your. yours. yourself. ur. u. du. dein deine. sie. ihre. ihr. tu. vous. votre. vos. tes. tus. su. usted tu. voce seu. sua. tuo. tuoi. tue. tua. jij jouw je. twoje twoj senin sen. ты. тебе твои. вы. ваши. ваш. твой أنت انت आप आपक तुम तुम्ह तू. 너는 당신 네. 너의 你 您 あなた 君',
  answer:
    'output. outputs. completion response. responses. summary. summaries. conclusion generat ' +
    'ausgabe. zusammenfassung reponse. reponses. sortie. resume. respuesta respuestas. resumen. salida. resposta respostas. resumo. saida. ' +
    'risposta risposte. riassunto. ответе. ответу. ответом. вывод. резюме. الرد. ردك. إجابتك اجابتك الملخص ' +
    'सारांश आउटपुट 응답 회신 요약 回应 答案 摘要 总结 输出内容 返答 返信 応答 要約',
  conceal:
    'silently secretly quietly discreet covertly mention. mentions. mentioning inform. informing notify notifying telling. noticing conceal unaware. unnoticed ' +
    'heimlich unauff erwahn informier verschweig unbemerkt mentionn informe. discretement silence. mencion sigilos silencio. callad avises. ' +
    'mencione. sigilo. silenzio. menzion nascond avvisare. упомина сообща незамет тайно. молча. ' +
    'اخبار تخبر تذكر سرا. دون علم चुपचाप उल्लेख चुपके 언급 알리지 몰래 조용히 모르게 提及 告知 悄悄 偷偷 不告诉 言及 知らせ 黙って こっそり 内緒',
  document:
    'document documents. page. pages. webpage article paragraph passage text. texts. message. messages. content. contents. file. files. website. footer. comment. comments. review. reviews. ' +
    'dokument seite. seiten. artikel absatz nachricht. nachrichten. datei. dateien. inhalt. kommentar page. texte. paragraphe fichier courriel. contenu. commentaire ' +
    'documento. documentos. pagina. paginas. articulo texto. textos. mensaje. mensajes. parrafo correo. archivo. contenido. comentario ' +
    'artigo mensagem mensagens. paragrafo arquivo. ficheiro conteudo articolo testo. testi. messaggi paragrafi contenut commento. ' +
    'документ страниц стать текст. текста. тексте. письм сообщени абзац файл комментар المستند الوثيقة الصفحة المقال النص الرسالة الملف المحتوى ' +
    'दस्तावेज पृष्ठ लेख. पाठ. संदेश फाइल फ़ाइल टिप्पणी 문서 페이지 기사 본문 메시지 파일 댓글 내용 文档 页面 网页 文章 文本 邮件 消息 段落 文件 评论 文書 ページ 記事 メール メッセージ ファイル コメント 内容',
  tool:
    'tool. tools. function. functions. api. plugin browser. shell. terminal. script. scripts. endpoint webhook database. server. calendar. inbox. ' +
    'werkzeug funktion. skript. postfach outil outils. fonction. herramienta funcion. ferramenta funcao. strument funzione. инструмент функци скрипт почт ' +
    'أداة الأداة وظيفة टूल उपकरण फ़ंक्शन 도구 함수 스크립트 工具 函数 脚本 ツール 関数 スクリプト',
  authority:
    'openai anthropic microsoft developers. creator creators. owner. owners. authoriz authoris official officially engineer. engineers. staff. maintainer superior. supervisor operator. ' +
    'entwickler inhaber betreiber autorisier befugt administrator vorgesetz developpeurs. proprietaire autorise. propietari autorizad desarrolladores. desenvolvedores. proprietari dono. ' +
    'sviluppatori. autorizzat разработчик владел админ уполномоч оператор المطور المالك المسؤول مصرح डेवलपर मालिक व्यवस्थापक अधिकृत ' +
    '개발자 소유자 관리자 승인 운영자 开发人员 开发者 所有者 管理员 授权 運営 所有者 管理者 開発元 許可',
  pretext:
    'test. tests. testing. research. educational academic hypothetic fiction fictional game. story. simulation. audit. drill. debugging. experiment exercise. ' +
    'testzweck forschung spiel. geschichte. fiktiv ubung recherche. jeu. histoire. fictif fictive exercice. investigacion juego. historia. ficcion ejercicio. prueba. ' +
    'pesquisa. jogo. exercicio. teste. ricerca. gioco. storia. esercizio. исследован игра. игру. истори вымышл тест. тестов учебн ' +
    'بحث. لعبة قصة خيال افتراض اختبار शोध खेल. कहानी काल्पनिक परीक्षण अभ्यास 연구 게임 이야기 가상 테스트 교육 훈련 研究 游戏 故事 虚构 测试 演练 小説 ゲーム 物語 仮定 テスト 訓練',
  defense:
    'attack. attacks. attacker injection injections detect detects. detection vulnerab security. exploit phishing example. examples. explain explains. what. why. how. means. meaning. definition difference ' +
    'angriff sicherheit beispiel erklar erkenn bedeut warum. wie. was. attaque exemple expliqu securite pourquoi. comment. signifie ataque ejemplo explica. seguridad significa que. como. ' +
    'exemplo seguranca porque. attacco attacchi esempio spiega. sicurezza perche. come. атак пример объясн безопасн что. почему. как. значит ' +
    'الهجوم هجوم مثال اشرح الأمان ماذا كيف لماذا يعني हमला उदाहरण समझा सुरक्षा क्या. कैसे क्यों मतलब 공격 예시 설명 보안 무엇 어떻게 왜 의미 攻击 例子 例如 解释 安全 什么 怎么 如何 为什么 意思 攻撃 例えば 説明 セキュリティ とは なぜ どう 意味',
  halt:
    'stop. halt. pause. wait. hold. alert. notice. warning. reminder. attention. listen. hey. skip. interrupt disregarding cancel cancels. cancelled aborted abort. ' +
    'stopp. warte. hinweis. brich abbrech arretez. arrete. attendez. attends. avis. alto. espera. espere. aviso. pare. pares. detente. ferma. fermati. fermo. aspetta. avviso. ' +
    'стоп. стой. подожди. внимание. остановись хватит توقف انتظر انتبه تنبيه रुक रुको ध्यान सूचना 잠깐 멈춰 주목 알림 중단 停止 等等 注意 通知 中止 待って 止まれ お知らせ やめて',
  act:
    'share. publish pay. purchas buy. grant. install. installs. subscrib approv promot. recommend rate. unlock. disable. enable. add. insert. include. create. append call. open. reset. ' +
    'teile. zahle. kaufe. genehmig installier empfiehl empfehl fuge. offne. trage. partage. paie. achete. installe. approuve recommande. ajoute. inclus. ouvre. ' +
    'comparte. paga. compra. instala. aprueba. recomienda. agrega. incluye. abre. compartilh pague. compre. instale. aprove. recomende. adicione. inclua. abra. ' +
    'condivid acquista. installa. approva. consiglia. aggiungi. includi. apri. подел оплат купи установи одобр порекоменд добав открой включи ' +
    'شارك ادفع اشتر ثبت وافق أضف افتح साझा भुगतान खरीद इंस्टॉल स्वीकृत सिफारिश जोड़ खोल 공유 결제 구매 설치 승인해 추천 추가 열어 分享 支付 购买 安装 批准 推荐 添加 打开 共有 支払 購入 インストール 承認 推奨 追加 開いて',
}
