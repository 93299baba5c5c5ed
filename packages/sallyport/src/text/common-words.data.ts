/**
 * Frequent English words of at least three letters, and those that instructions to a model are made of: what shows that
 * a text has been turned back into English.
 */
export const COMMON_WORDS: readonly string[] =
  `about access act after again all also always and answer any anything are ask assistant away back because been before being below bypass
  can character code command complete contains content context conversation could create data day delete describe developer did different
  disregard does done each email enable ensure even every everything execute explain file find first follow following for forget format
  from full generate get give given good guidelines had has have hello help here hidden how however ignore important include information
  input instruction instructions internal into its just keep key know language last let like list long look made make many may message mode
  model more most must name need never new not nothing now number once one only open operate other our out output over pass password people
  persona please policy pretend previous print prior private program prompt prompts provide question reply repeat request response respond
  restrictions return reveal role rule rules run safety same say script secret security see send sentence should show simulate some something start
  state steps still stop story such summarize system take task tell text than that the their them then there these they thing things think
  this those three time tool translate true two under unfiltered unrestricted until upon use used user users using very want was way well were what when
  where which while who will with without word words work would write you your`
    .trim()
    .split(/\s+/)

/**
 * The same for German, Spanish, French, Italian, Portuguese and Dutch, without letters outside ASCII and without words
 * that, reversed or put through ROT13, are words of these languages or of English.
 */
export const COMMON_FOREIGN_WORDS: readonly string[] =
  `actua adesso affiche agisci agora ahora ainda ajoute algo alla allem aller alles alors altijd anche ancora andere anteriores antes
  antworte anweisung anweisungen aussi autre avant avec avez bei bent bij bisherigen bitte cette com come comme como con consigne consignes
  contre cosa cual cuando dalla dammi dans debes degli deine deinen deiner della delle depois desde dessas deste deze dich die diese diesen
  dieser dieses diga dime dimentica dimmi doch donde donne door dopo dos dove durch eerdere eine einem einen einer eines ele elle elles
  ellos entre eres ese eso essa esse essere esta este esto estos eux fai faire fait fare fazer foi folge folgende folgenden frage fue geef
  geen gegeven geheim gli haar haben hacer hai hasta hebben heeft hoe hun ich iets ignora ignoriere immer instrucciones instructies isso
  istruzioni jede jetzt jij jou jouw kann kein keine leur loro maar mach mais mehr mein meine mensagem mensaje meu mich mijn minha moi
  mostra mostre muestra muito nach nada negeer nicht niente niet noch nooit nostro notre nous nunca ohne oltre olvida onthoud otra otro
  oublie outra para parola passe passwort pela pelo pero peut plus pode porque pour precedenti prima qual quale quando que quel quelle
  quello quem questa queste questo qui quien quoi regeln regels reglas regole regras responda responde revele rispondi rivela sage sans
  schreibe schrijf scrivi secreto segrete sei senha senza ses seu seus sich siete siguiente siguientes sind sobre soll solo sono sont suas
  suivantes sus tambien tiene todas todo todos toon tot tous tout toute toutes tua tuoi tutte tutti tutto und unter usuario vanaf verbote
  vergeet vergiss vertel volgende voor vorherigen vorige votre vous waar wachtwoord warum weil wel wenn werden wie wird wordt wurde zal
  zeige zijn zonder zur`
    .trim()
    .split(/\s+/)
