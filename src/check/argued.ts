/** Whether a solution argues that what it found is a maximum: by a claim that was read, or in any words. Nothing is judged here. */
import { flat } from './judge-maximum.ts'
import type { Memory } from './ruling.ts'

/** An argument in words that was not read as a claim. */
const words =
  /second[- ](order )?(deriv|diff|condition)|\bthe (?:bigger|larger|smaller|higher|lower|closer|nearer)\b[^.;]{0,40}\bthe (?:better|larger|higher|bigger|greater)\b|\b(?:is|are|becomes?) (?:maximal|largest|greatest) (?:exactly |precisely |only |just )?(?:when|if|for|at)\b|concav|convex|positive\b[^.;]{0,80}\bnegative|(?:just|only|exactly) one (?:\w+ )?(?:zero|root|solution|(?:stationary|critical) point)|\ba single (?:stationary|critical) point|maximum is (?:shown|proved|verified|checked)|goes? (?:up|down)|drops|\b(?:rises?|rising|climbs?|climbing)\b[^.;]{0,80}\b(?:falls?|falling|sinks?|declin\w+|descends?)\b|as (?:large|small|big|far|short|narrow|close|low|high|long|wide) as (?:possible|allowed|(?:it|they|we) can)|gets? (?:bigger|larger|smaller)|shortest|narrowest|(?:largest|smallest|biggest|least|greatest) (?:possible|allowed|admissible)|sign change|changes? (its )?sign|decreas|increas|monoton|unimodal|definite|hessian|only (stationary|critical) point|global maxim|(?:is|are) (?:\w+ )?(?:minimi[sz]ed|maximi[sz]ed|smallest|least|largest)\b|minimi[sz]\w*[^.;]*(?:sum|Σ|squares|deviation|distance)|(?:sum|Σ|squares|deviations|distances)[^.;]*minim(?:um|i[sz])|least[- ]squares|parabola|am[-–]+gm|jensen|gibbs|cauchy|inequality|with equality|\bat (?:both|the) (?:ends|boundar\w+|endpoints)|>\s*0\$?\s[^.]{0,90}<\s*0|(?:>|\\gt)\s*0\s*\$?\s*(?:\\iff|\\Leftrightarrow|⇔|<=>|<->|iff\b|if and only if)|\\ell''|ℓ''|l''|d\^2|\\partial\^2|∂²/i

/** That the logarithm increases is why ℓ may be taken, and says nothing of its maximum. */
const ofLogarithm =
  /\b(?:log(?:arithm)?|ln)(?: function| transform\w*)? (?:is|being|as) (?:an? )?(?:(?:strictly|monotonically|continuous(?:ly)?|always|also|and|both) )*(?:increas\w+|monoton\w+)(?: (?:increas\w+|function|transformation|map\w*))*(?! in\b)|\bmonoton\w+ (?:increasing )?(?:transform\w*|function)\b|\bmonotonicity of (?:the )?(?:natural )?(?:log\w*|ln)|\b(?:strictly |monotonically )?increasing (?:transform\w*|function)\b|\b(?:increasing|monoton\w+) log(?:arithm)?\b/gi

/** "I did not check the second derivative", "it remains to show that this is a maximum". */
const unchecked =
  /[^.;:\n]*\b(?:(?:did|do|does|have|has|was|were|is|are)(?: not|n['’]t)\b[^.;:\n]{0,25}\b(?:check|verif|show|prov|look|comput|consider)\w*|(?:without|skip\w*|omit\w*|forgot\w*|ignor\w+|leav\w+ out|left out|no)\b[^.;:\n]{0,25}\b(?:check\w*|verif\w*|second[- ]\w+|concav\w*|proof)|remains to (?:be )?(?:show|check|verif|prove|see)\w*|(?:should|must|needs?|has|have|would have|ought) (?:still |also )?to be (?:check|verif|show|prov)\w*|(?:unchecked|not checked|not verified|not shown))[^.;:\n]*/gi

export const argued = (m: Memory): boolean => {
  if (m.arguments.size > 0 || words.test(m.text.replace(unchecked, ' ').replace(ofLogarithm, ' '))) return true
  // the same height wherever the data are possible, and 0 elsewhere: that is the argument
  if (m.said.some(s => s.role === 'likelihood' && s.right) && flat(m.reference)) return true
  // a likelihood that is constant where it is not 0
  if (flat(m.reference) && /constant|not unique|\bequals?\b|elsewhere|otherwise/i.test(m.text)) return true
  // integers and finite spaces are compared, and every relation between two of them is an argument
  if (
    m.reference.model.parameters.every(p => p.domain.kind !== 'interval') &&
    m.statements.some(s => s.what.kind === 'relation' && /L|ratio|compare/.test(s.source))
  )
    return true
  // an end of the support is no zero of the derivative: what has to be argued is that L is monotone
  return (
    m.claims.some(c => ['increasing', 'decreasing', 'boundary', 'sign-change', 'concave', 'unique', 'global-maximum'].includes(c.claim)) ||
    m.said.some(s => s.role === 'second-derivative')
  )
}
