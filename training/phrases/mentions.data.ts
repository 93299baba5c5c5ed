/** How people talk about attacks: `{}` is the phrase they quote. */
export const MENTIONS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Our filter flagged the sentence "{}" in a comment; was that right?',
    'The lecturer gave "{}" as a typical example of an injection.',
    'Write a unit test that makes sure the input "{}" is refused.',
    'Why do people type "{}" into chatbots?',
    'Is the text "{}" an attack or harmless? Answer with one word.',
  ],
  de: [
    'Was bedeutet der Satz "{}"?',
    'Angreifer schreiben oft "{}"; unser Filter erkennt das.',
    'Der Bericht nennt "{}" als Beispiel für einen Angriff.',
  ],
  fr: [
    'Que signifie la phrase "{}" ?',
    'Les attaquants écrivent souvent "{}" ; notre filtre le détecte.',
    'Le rapport cite "{}" comme exemple d’attaque.',
  ],
  es: [
    '¿Qué significa la frase "{}"?',
    'Los atacantes suelen escribir "{}"; nuestro filtro lo detecta.',
    'El informe cita "{}" como ejemplo de ataque.',
  ],
  pt: [
    'O que significa a frase "{}"?',
    'Os atacantes costumam escrever "{}"; o nosso filtro deteta isso.',
    'O relatório cita "{}" como exemplo de ataque.',
  ],
  it: [
    'Che cosa significa la frase "{}"?',
    'Gli aggressori scrivono spesso "{}"; il nostro filtro lo rileva.',
    'Il rapporto cita "{}" come esempio di attacco.',
  ],
  ru: [
    'Что значит фраза "{}"?',
    'Злоумышленники часто пишут "{}"; наш фильтр это видит.',
    'В отчёте "{}" приводится как пример атаки.',
  ],
  zh: ['“{}”这句话是什么意思？', '攻击者常写“{}”，我们的过滤器会发现它。', '报告把“{}”作为攻击的例子。'],
  ja: [
    '「{}」という文はどういう意味ですか。',
    '攻撃者はよく「{}」と書きますが、フィルターが検出します。',
    '報告書は「{}」を攻撃の例に挙げています。',
  ],
  ko: [
    '"{}"라는 문장은 무슨 뜻이야?',
    '공격자는 자주 "{}"라고 쓰지만 필터가 찾아낸다.',
    '보고서는 "{}"를 공격의 예로 든다.',
  ],
  ar: ['ما معنى عبارة "{}"؟', 'يكتب المهاجمون غالبا "{}" ومرشحنا يكشف ذلك.', 'يذكر التقرير "{}" مثالا على هجوم.'],
  hi: [
    '"{}" वाक्य का क्या मतलब है?',
    'हमलावर अक्सर "{}" लिखते हैं; हमारा फ़िल्टर इसे पकड़ता है।',
    'रिपोर्ट "{}" को हमले का उदाहरण बताती है।',
  ],
}
