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
