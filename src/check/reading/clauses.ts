/**
 * The stream cut into clauses: operands and the relations between them, with the words in front, the link to what stands
 * before, and the condition behind. It reads no operand.
 */
import type { Cut } from './clause.ts'
import { takeToken } from './cut-token.ts'
import { takeWords } from './cut-words.ts'
import { cuttingOf, empty, end, endSentence, relationOf, unfinished } from './cutting.ts'
import { continues } from './lookahead.ts'
import type { Item } from './stream.ts'

/** Words at the end of a line that want a formula. */
const breaksOff =
  /(?:^|\s)(?:and|or|for|with|that|is|are|if|when|at|of|to|by|in|on|from|as|has|where|so|than|between|because|since|every|all|any|only|then|say|let|the|does|equals|exceeds)$/i

/** Words that open a sentence at the beginning of a line, full stop before it or not. */
const opens =
  /^(?:The|If|When|So|Hence|Thus|Since|As|It|This|We|Because|Therefore|For|Then|Now|Setting|Solving|Differentiating|Taking|Here|There|That|These|By|In|At|Let|Also|But|Both|All|Each|Every|First|Finally|Consequently|Clearly|Note)\b/

export const clausesOf = (items: readonly Item[]): Cut => {
  const cut = cuttingOf(items)
  for (let k = 0; k < items.length; k++) {
    const item = items[k] as Item
    switch (item.kind) {
      case 'aside':
        endSentence(cut, item.start)
        cut.aside = true
        cut.sentenceStart = item.start
        endSentence(cut, item.end)
        break
      case 'sentence':
        if (cut.depth > 0 && cut.display && cut.rows > 0) break
        endSentence(cut, item.start)
        break
      case 'line': {
        const next = items[k + 1]
        // a formula at the end of a line whose relation stands on the next
        const related = next?.kind === 'token' && relationOf[next.token.text] !== undefined && next.token.kind === 'op'
        if (!empty(cut) && cut.depth <= 2 && (unfinished(cut) || continues(items, k + 1) || (related && cut.operators.length === 0))) break
        end(cut)
        // A new line of formulas is a new sentence unless it begins with a relation or a word, or the line before breaks off.
        const last = items[k - 1]
        if (last?.kind === 'words' && breaksOff.test(last.text)) break
        if (next?.kind === 'words' && opens.test(next.text)) endSentence(cut, item.start)
        if (next?.kind === 'token' && relationOf[next.token.text] === undefined && !['⇒', '⇔'].includes(next.token.text))
          endSentence(cut, item.start)
        break
      }
      case 'edge': {
        // A formula in running text ends here, unless a sign joins it to the next one.
        const next = items[k + 1]
        const joins = next?.kind === 'token' && next.timid && next.token.kind === 'op' && next.token.start - item.start <= 4
        if (!joins && !(cut.operators.length > 0 && (cut.operands.at(-1) ?? []).length === 0)) end(cut)
        cut.rows = 0
        cut.commentAt = -1
        break
      }
      case 'words':
        takeWords(cut, item, k)
        break
      case 'token':
        k = takeToken(cut, item, k)
        break
    }
  }
  endSentence(cut, items.length > 0 ? ((items.at(-1) as Item & { start?: number }).start ?? 0) : 0)
  return { clauses: cut.clauses, sentences: cut.sentences }
}
