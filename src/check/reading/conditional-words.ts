/** Words around formulas that decide whether a formula is asserted, supposed, or only evaluated. Tables only. */

export const conditional =
  /(?:^|[\s,(])(?:if|when|whenever|unless|provided(?: that)?|assum(?:e|ing)(?: that)?|suppos(?:e|ing)(?: that)?|for(?: all| any| every| each| some)?(?: values of| real| fixed| given)?|as (?:long|soon) as|the moment(?: that)?|once|while|on|in (?:the )?case|only if|with|such that|subject to|over|given(?: that)?|whereas if|until|up to|in|range|case|restricted to|for which|in which|let|where|on the (?:set|region|interval|range))[\s:(]*$/
export const asserted =
  /\b(?:so|hence|thus|therefore|gives?|yields?|get|obtain|then|find|have|follows|since|because|as|that|is|are|know|note|see|means|implies|conclude|conclusion)[\s:]*(?:that)?$/
export const hypothetical =
  /\b(?:setting|set|solve|solving|equation|equate|equating|putting|put|require|requiring|need|want|condition)\b[^.]*$/
/** What would or could be is not said to be. */
export const subjunctive = /\b(?:would|could|might)\b[^.;]*$/
export const negating = /\bunless\s*$/
/** Words of a condition and nothing else: what follows belongs to the formula before. */
export const onlyConditional =
  /^(?:[\s,;:()]*\b(?:if|when|whenever|unless|provided|that|for|all|every|any|each|as long as|on|where|with|given|and|but|only|in the case|in case|case|assuming|valid|which|holds?|is|true|values?|of|fixed|real|so long as|as soon as|once|while|of course|at least)\b)*[\s,;:()]*$/
export const leading =
  /^(?:[\s,]*\b(?:so|hence|thus|now|then|and|but|also|first|next|finally|here|similarly|likewise|in this case|in that case|on the other hand|conversely|however|moreover|furthermore|in particular|again|finally|second|third|otherwise|clearly|note that|observe that|that is|suppose|assume|let|consider|therefore|again|by assumption|otherwise|moreover|since|because|we have that)\b[\s,]*)*/
/** "at θ = x̄": the formulas around are meant there, unless the words say that something is largest there. */
export const evaluates = /(?:^|[\s(])(?:at|evaluated at|evaluating at|plugging in|substituting|inserting|putting|with|for)[\s:]*$/
export const located =
  /\b(?:maxim|minim|largest|smallest|attained|peak|reached|occurs|roots?|solutions?|zeros?|vanish\w*|is|lies|equals?)\b[^,;]*\bat\s*$|\b(?:maximi[sz]ed|maximum|mle|minimum|largest|attained|occurs)\b[^,;]*\bat\s*$/
