/**
 * The text of a document before anything is cut: spellings made one, tables of steps and braces under formulas taken apart. Every
 * character keeps its place; no meaning is decided.
 */

/** Some spellings made one, at the same places: x-bar, lambda hat, P(data); frames around answers are blank. */
export const spelled = (text: string): string =>
  equationArrays(tableRows(underBraces(text)))
    .replace(/=!(?=\s)/g, '= ')
    .replace(/\b(?:Sum|SUM)(?=\s*[({_[]|\s+(?:ln|log|[a-zA-Z](?:_|i\b|\^|\d)))/g, 'sum')
    .replace(/\b(?:Prod|PROD)(?=\s*[({_[]|\s+[a-zA-Z]+(?:_|i\b|\^|\d))/g, 'prod')
    // k = the sum of the x_i
    .replace(/(?<==\s*)(?:the )?sum of (?:all )?(?:the )?(?=(?:1 ?\/ ?|log\(? ?|ln\(? ?)?[a-zA-Z]_?\{?i\b)/g, m =>
      'sum '.padStart(m.length),
    )
    // a quotation in Markdown
    .replace(/^(\s*)>(?=\s*$|\s*(?:\*\*|[A-Za-z$*]))/gm, '$1 ')
    .replace(/\bq\.?e\.?d\.?(?![A-Za-z])/gi, m => ' '.repeat(m.length))
    // a remark in brackets at the right: [σ² = v]
    .replace(/(?<=\S\s{3,})\[[^\]\n]*\]\s*$/gm, m => m.replace(/\S/g, ' '))
    // (*): the name of an equation
    .replace(/(?<=\s)\((?:\*{1,3}|†|‡|#)\)(?=\s|[.,;:]|$)/gm, m => ' '.repeat(m.length))
    // = 285.7…: cut off
    .replace(/=(\s*[-−]?\d+\.\d+)(\.\.\.|…|\\[lc]?dots(?![A-Za-z]))/g, (_, a: string, b: string) => `≈${a}${' '.repeat(b.length)}`)
    // product over i of …, sum over all i of …
    .replace(
      /(?<=[=(\s])(product|sum) over (?:all )?(?:the )?(?:i|observations|indices)(?: = 1,? ?(?:\.\.+|…|to) ?,? ?n)? of (?=\S)/g,
      (m, a: string) => (a === 'sum' ? 'sum ' : 'prod ').padStart(m.length),
    )
    // (const does not contain θ)
    .replace(/\(const(?:ant)?(?: [a-zA-Z]+)+\)/g, m => ' '.repeat(m.length))
    // const′, and (sum of x_i)
    .replace(/\bconst[′']/g, 'const ')
    .replace(/(?<=[(\s−*/-])(?<!\b(?:is|be|being|denotes?|for|as|by|to|the|their|an?) )sum of (?:all )?(?:the )?(?=[a-zA-Z]_?\{?i\b)/g, m =>
      'sum '.padStart(m.length),
    )
    // sigma^2_hat
    .replace(/(?<![A-Za-z\\])([A-Za-z]+)\^2_(hat|mle|MLE|ML|star)(?![A-Za-z])/g, '$1_$2^2')
    .replace(/([α-ωΑ-Ω])²_(hat|mle|MLE|ML)(?![A-Za-z])/g, '$1_$2²')
    // lambda^ for an estimate, where no exponent can follow
    .replace(/(?<![A-Za-z\\_^])([A-Za-z]+|[α-ω])\^(?=\s*(?:[/),;.]|$))/gm, '$1\u0302')
    // λhat
    .replace(/(?<=[α-ωΑ-Ω])hat\b/g, '\u0302  ')
    .replace(/[┌┐└┘│├┤]|[─═](?=.*[┐┘])/g, ' ')
    .replace(/[✓✔✅☑]\uFE0F?|\\q(?:ed|edhere|edsymbol)(?![A-Za-z])/g, m => ' '.repeat(m.length))
    .replace(/[≝≜≐]/g, '=')
    // s.e.(θ̂), \mathrm{s.e.}, \widehat{\mathrm{se}}, and +/− for ±
    .replace(/(?<![A-Za-z.])([sS])\.\s?([eEdD])\.(?=\s*(?:\}|\(|\[|\$|\\left|\\[Bb]ig|=|≈))/g, (m, a: string, b: string) =>
      `${a}${b}`.padEnd(m.length),
    )
    .replace(
      /\\wide(?:hat|tilde)\s*\{\s*(\\(?:mathrm|text|operatorname|mathop|rm|mathsf)\s*\{\s*(?:[sS][eEdD]|[vV]ar|MSE|mse|[bB]ias)\s*\})\s*\}/g,
      (m, a: string) => a.padEnd(m.length),
    )
    // x <- c(2, 4, 1): what is typed into R
    .replace(/(?<![A-Za-z])[A-Za-z][A-Za-z._0-9]* ?<- ?c\([^()\n]*\)/g, m => ' '.repeat(m.length))
    // θ̂ ∼̇ N(θ, v)
    .replace(/\\dot\s*\{?\s*\\sim\s*\}?/g, m => '\\sim'.padEnd(m.length))
    .replace(/\+\s?\/\s?[-−–]/g, m => '±'.padEnd(m.length))
    // d(log-lik)/dm
    .replace(/\((?:log|ln)[- ]?lik(?:elihood)?\)(?=\s*\/\s*d)/g, m => '(ll)'.padEnd(m.length))
    // ⋯ +$ const, and + terms that do not contain θ
    .replace(/\+(\s*)\$(\s*)(const)(?:ant)?s?\b/g, (m, a: string, b: string, c: string) => `+${a}${b}${c}$`.padEnd(m.length))
    .replace(
      /(?<=[+]\s*)\(?(?:(?:some|other|a|any) )*(?:terms?|something|stuff|anything|things?|constants?|summands?)(?: (?:constant|terms?|that|which|does|do|is|are|not|without|independent|free|involving|involve|depend\w*|contain\w*|of|on|in|with|no|only|the|data|parameters?|unknowns?|and|or|mu|sigma|theta|lambda|alpha|beta|tau|gamma|phi|eta|nu|kappa|rho|\\?[A-Za-zα-ω](?![A-Za-z(])|[A-Za-zα-ω]²))+\)?(?=\s*(?:[.,;)]|$))/gm,
      m => 'const'.padEnd(m.length),
    )
    // + terms not involving b
    .replace(
      /(\\(?:text|mbox|textrm)\{[^{}]{0,40}(?:not involving|independent of|free of|not depend\w* on|without)\s*\})(\s*)(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z])/g,
      (_, a: string, b: string, c: string) => a + b + ' '.repeat(c.length),
    )
    // = \\frac{\\text{number of events}}{\\text{time}}: the same in words
    .replace(
      /=\s*\\[dt]?frac\s*\{\s*\\(?:text|textrm|mbox|mathrm)\{[^{}]*[a-z]{3,} [^{}]*\}\s*\}\s*\{\s*\\(?:text|textrm|mbox|mathrm)\{[^{}]*\}\s*\}/g,
      m => ' '.repeat(m.length),
    )
    .replace(/\\(?:text|textrm|mbox)\{\s*([Mm]ed(?:ian)?)\s*\}(?=\s*(?:\\?\{|\(|\\left))/g, (m, w: string) => w.padStart(m.length))
    .replace(/(?<![\\A-Za-z])([A-Za-z]|theta|lambda|mu|sigma|alpha|beta|phi|eta|tau|gamma|sigma2)[- ](hat|bar)(?![A-Za-z])/g, '$1_$2')
    .replace(/(?<![A-Za-z\\])([PpfLlℓ]\((?:[^()\n]{0,20}[|;,] ?)?)(data|DATA|Data)(?=\s*[)|;,])/g, '$1... ')

/** \\underbrace{a}_{=0}: what is written under a brace is a remark, and left out. */
const underBraces = (text: string): string => {
  if (!/\\(?:under|over)brace\b/.test(text)) return text
  const closing = (from: number): number => {
    for (let i = from, depth = 0; i < text.length; i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '{') depth++
      else if (text[i] === '}' && --depth === 0) return i
    }
    return -1
  }
  let out = text
  for (const m of text.matchAll(/\\(under|over)brace\s*(?=\{)/g)) {
    const end = closing((m.index ?? 0) + m[0].length)
    const sign = end < 0 ? null : /^\s*[_^]\s*(?=\{)/.exec(text.slice(end + 1))
    const stop = sign ? closing(end + 1 + sign[0].length) : -1
    if (stop > 0) out = out.slice(0, end + 1) + text.slice(end + 1, stop + 1).replace(/[^\n]/g, ' ') + out.slice(stop + 1)
  }
  return out
}

/** A table of steps, "| score | $ℓ′ = n/θ − T$ |", one cell after the other; most formulas in it have to be equations. */
const tableRows = (text: string): string =>
  !/^\s*\|.*\$.*\|\s*$/m.test(text)
    ? text
    : text.replace(/(?:^[ \t]*\|.*\|[ \t]*$\n?)+/gm, table => {
        const formulas = table.match(/\$[^$\n]*\$/g) ?? []
        const heading = table.slice(0, table.indexOf('\n'))
        const equations = formulas.filter(f => /=|∝|\\propto/.test(f)).length
        if (heading.includes('$') || 3 * equations < 2 * formulas.length) return table
        return table.replace(/^.*\$.*$/gm, stepsInRow)
      })

const stepsInRow = (row: string): string => {
  let math = false
  return row
    .split(/(\$[^$]*\$)/)
    .map((part, k) => {
      if (k % 2 === 1) {
        math = true
        return part
      }
      return part.replace(/\|/g, () => {
        const mark = math ? '.' : ':'
        math = false
        return mark
      })
    })
    .join('')
    .replace(/^([ \t]*):/, '$1 ')
}

/** An array whose middle column holds the relations is an alignment; the places stay. */
const equationArrays = (text: string): string =>
  !text.includes('\\begin{array}')
    ? text
    : text.replace(
        /\\begin\{array\}(\{\s*[rlc]\s*@?[^}]{0,12}?c[^}]{0,12}?l\s*\})([\s\S]*?)\\end\{array\}/g,
        (whole, columns: string, body: string) =>
          /&\s*(?:=|\\propto|\\Rightarrow|\\Leftrightarrow|\\implies|\\iff)\s*&/.test(body) && !body.includes('\\begin{array}')
            ? `\\begin{split}${' '.repeat(2 + columns.length)}${body}\\end{split}`
            : whole,
      )
