/**
 * The spellings of one thing: Unicode characters and LaTeX commands, each with the plain token it stands for.
 * Tables only; reading them is the scanner's.
 */

const greekRow =
  'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma ' +
  'τ tau υ upsilon φ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Φ Phi Ψ Psi Ω Omega Υ Upsilon ' +
  'ϑ theta ϕ phi ϵ epsilon ϱ rho ς sigma ϖ pi µ mu ℓ ell Α Alpha Β Beta Ε Epsilon Ζ Zeta Η Eta Ι Iota Κ Kappa Μ Mu Ν Nu Ο Omicron Ρ Rho Τ Tau Χ Chi'

const pairs = (row: string): [string, string][] => {
  const words = row.split(' ')
  return Array.from({ length: words.length / 2 }, (_, i): [string, string] => [words[2 * i] ?? '', words[2 * i + 1] ?? ''])
}

/** θ → theta. */
export const greekLetters: ReadonlyMap<string, string> = new Map(pairs(greekRow))
/** Names that a LaTeX command of the same spelling stands for, and the variant forms. */
export const greekNames: ReadonlySet<string> = new Set([...greekLetters.values()])
export const variantNames: ReadonlyMap<string, string> = new Map(
  pairs('varepsilon epsilon vartheta theta varphi phi varrho rho varsigma sigma varpi pi varGamma Gamma varPhi Phi'),
)

/** One character that is an operator. */
export const unicodeOperators: ReadonlyMap<string, string> = new Map([
  ...pairs(
    '− - – - ‐ - ‑ - · * ⋅ * ∙ * × * ∗ * ÷ / ∕ / ⁄ / ≤ <= ≥ >= ≦ <= ≧ >= ⩽ <= ⩾ >= ≠ != ∈ in ∉ notin ∧ and ∨ or ¬ not ∀ forall ∞ inf √ sqrt ∛ cbrt ∂ partial',
  ),
  ...pairs(
    "∑ Sum Σ Sum ∏ Prod Π Prod ∣ mid ∥ ‖ ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ’ ' … ... ⋯ ... → to ℝ R ℤ Z ℕ N 𝟏 indicator 𝟙 indicator",
  ),
  ...pairs('（ ( ） ) ， , ； ; ： : ＝ = ＋ + ＜ < ＞ >'),
])

/** One character that is a small fraction. */
export const vulgarFractions: ReadonlyMap<string, string> = new Map(pairs('½ 1/2 ⅓ 1/3 ⅔ 2/3 ¼ 1/4 ¾ 3/4 ⅕ 1/5 ⅙ 1/6 ⅛ 1/8'))

/** Raised and lowered characters and what they are on the line. */
export const superscripts: ReadonlyMap<string, string> = new Map([
  ...pairs(
    '⁰ 0 ¹ 1 ² 2 ³ 3 ⁴ 4 ⁵ 5 ⁶ 6 ⁷ 7 ⁸ 8 ⁹ 9 ⁺ + ⁻ - ⁼ = ⁽ ( ⁾ ) ⁿ n ⁱ i ᵃ a ᵇ b ᶜ c ᵈ d ᵉ e ᶠ f ᵍ g ʰ h ʲ j ᵏ k ˡ l ᵐ m ᵒ o ᵖ p ʳ r ˢ s ᵗ t ᵘ u ᵛ v ʷ w',
  ),
  ...pairs('ˣ x ʸ y ᶻ z ᵅ α ᵝ β ᵞ γ ᵟ δ ᵋ ε ᶿ θ ᵠ φ ᵡ χ ᴺ N ᴷ K ᴹ M ᵀ T ⸍ / ᐟ /'),
])
export const subscripts: ReadonlyMap<string, string> = new Map(
  pairs(
    '₀ 0 ₁ 1 ₂ 2 ₃ 3 ₄ 4 ₅ 5 ₆ 6 ₇ 7 ₈ 8 ₉ 9 ₊ + ₋ - ₌ = ₍ ( ₎ ) ₐ a ₑ e ₕ h ᵢ i ⱼ j ₖ k ₗ l ₘ m ₙ n ₒ o ₚ p ᵣ r ₛ s ₜ t ᵤ u ᵥ v ₓ x ᵦ β ᵧ γ ᵨ ρ ᵩ φ ᵪ χ',
  ),
)

/** Combining marks after a letter. */
export const combiningMarks: ReadonlyMap<string, 'bar' | 'hat' | 'tilde'> = new Map([
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
])

/** LaTeX commands that stand for an operator. */
export const commandOperators: ReadonlyMap<string, string> = new Map([
  ...pairs(
    'cdot * times * ast * div / le <= leq <= leqslant <= ge >= geq >= geqslant >= ne != neq != lt < gt > in in notin notin land and wedge and lor or vee or',
  ),
  ...pairs(
    'lnot not neg not forall forall infty inf sum Sum prod Prod sqrt sqrt partial partial lfloor lfloor rfloor rfloor lceil lceil rceil rceil',
  ),
  ...pairs(
    'lvert lvert rvert rvert vert | mid mid lbrace \\{ rbrace \\} { \\{ } \\} lbrack [ rbrack ] dots ... ldots ... cdots ... dotsc ... dotsb ... to to rightarrow to uparrow to downarrow to leftarrow to gets to longleftarrow to nearrow to searrow to',
  ),
  ...pairs("frac frac tfrac frac dfrac frac cfrac frac binom binom tbinom binom dbinom binom lim lim max max min min prime ' | ‖ Vert ‖"),
  ...pairs('bar bar overline bar hat hat widehat hat tilde tilde widetilde tilde'),
])

/** Signs between statements and other commands that formulas of a model file have no use for. */
export const proseOperators: ReadonlyMap<string, string> = new Map([
  ...pairs(
    '⇒ ⇒ ⟹ ⇒ ⇔ ⇔ ⟺ ⇔ ∴ ⇒ ∝ ∝ ≈ ≈ ≃ ≈ ≅ ≈ ≐ = ≡ = ≔ = ∼ ~ ± ± ∓ ∓ ★ star ⋆ star † star ∇ nabla ⊥ words ⟶ to ⟵ to ↦ mapsto ✓ words □ words ∎ words ■ words • words – -',
  ),
  ...pairs("∫ unknown ≜ = ⇐ words ⟸ words — words “ words ” words ‘ words § words ℒ calL 𝓛 calL ⊂ words ⊆ words ∪ words ∩ words ′ '"),
])
export const proseCommands: ReadonlyMap<string, string> = new Map([
  ...pairs(
    'Rightarrow ⇒ implies ⇒ Longrightarrow ⇒ therefore ⇒ iff ⇔ Leftrightarrow ⇔ Longleftrightarrow ⇔ equiv = coloneqq = colon : triangleq = doteq =',
  ),
  ...pairs(
    'propto ∝ varpropto ∝ approx ≈ simeq ≈ cong ≈ sim ~ pm ± mp ∓ star star dagger star nabla nabla mapsto mapsto longrightarrow to leadsto ⇒ longmapsto mapsto',
  ),
  ...pairs(
    'quad quad qquad quad dot dot ddot ddot Re words because because since because checkmark words qed words square words Box words blacksquare words',
  ),
  ...pairs(
    'overset overset stackrel overset underset underset argmax argmax argmin argmin sup max inf min Pr Pr choose choose over over newline \\\\ cr \\\\ par quad',
  ),
  ...pairs(
    'int unknown mathstrut skip strut skip vphantom skip1 hphantom skip1 phantom skip1 hspace skip1 vspace skip1 tag skip1 label skip1 ref skip1 eqref skip1 color skip1',
  ),
  ...pairs(
    'cancel through underbrace through overbrace through underline through ensuremath through substack through smash through hbox words1 mbox words1 intertext words1 shortintertext words1',
  ),
  ...pairs(
    '# # textcolor skip1 colorbox skip1 fbox through framebox through rm skip bf skip it skip sf skip tt skip em skip bye skip hfil skip textbf words1 emph words1 textnormal words1 textsc words1 footnote words1 bold through mathnormal through centering skip noindent skip hfill quad hline skip',
  ),
  ...pairs(
    'smallskip quad medskip quad bigskip quad footnotesize skip small skip large skip Large skip normalsize skip scriptsize skip limits skip top top intercal top',
  ),
])

/** LaTeX commands that change nothing but the look. */
export const lookCommands: ReadonlySet<string> = new Set(
  ', ; : ! quad qquad displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm ( ) [ ] boxed nonumber notag'.split(
    ' ',
  ),
)

/** LaTeX commands whose braces hold a word, or letters of a special face. */
export const faceCommands: ReadonlySet<string> = new Set(
  'mathrm mathit mathsf mathtt mathbf mathbb mathbbm mathcal mathds operatorname text textrm textit mathop boldsymbol bm mathfrak'.split(
    ' ',
  ),
)

/** Words that are operators wherever they stand. */
export const wordOperators: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'inf'])
/** Further words of sentences around formulas, in `\text{…}` or plain: how they count. */
export const textWords: ReadonlyMap<string, string> = new Map([
  ...pairs('and and or or not not in in if if when if for for where for otherwise otherwise else otherwise'),
  ['for all', 'for'],
  ['for every', 'for'],
  ['for each', 'for'],
  ['for some', 'for some'],
])
