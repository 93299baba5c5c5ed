/**
 * Look-alikes that UTS #39 does not map to ASCII, but that text generators and attackers use for it. Small capitals and
 * turned letters come from "fancy text" and "upside down" tools, regional indicators render as boxed capitals when they
 * make no flag, the Cyrillic and Greek ones are read as the letter by people and tokenizers alike.
 */
export const EXTRA_LOOKALIKES: readonly (readonly [source: string, target: string])[] = [
  ...pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnopqrstuvwyz'),
  ...pairs('ɐɔǝɟᵷɥᴉɾʞꞁɯɹʇʌʍʎ', 'acefghijklmrtvwy'),
  ...pairs('ɑɓƈɖɗɘəɛɜɠɡɦƙɫɭɱɲɳŋɵƥɼɽʂʈƭʋƴʐ', 'abcddeeeegghkllmnnnoprrsttvyz'),
  ...boxes(),
]

function pairs(sources: string, targets: string): [string, string][] {
  return [...sources].map((source, at) => [source, targets.charAt(at)])
}

/** 🇦 to 🇿. */
function boxes(): [string, string][] {
  return [...'abcdefghijklmnopqrstuvwxyz'].map((letter, at) => [String.fromCodePoint(0x1f1e6 + at), letter])
}
