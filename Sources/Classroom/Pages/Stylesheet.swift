import Charts

/// How the pages of a lesson look; served as files of their own, so that pages need no inline style.
package enum Stylesheet {
  /// `/style.css`: of the phone and the desk.
  package static let room = Palette.css + base + phone + desk

  /// `/screen.css`: of the projector.
  package static let screen = Palette.css + base + projector

  /// What is written on what, by the palette's names; a test computes the contrast of each pair, light and dark.
  package static let texts: [(front: String, ground: String)] = [
    ("ink", "paper"), ("muted", "paper"), ("1", "paper"), ("2", "paper"), ("right", "paper"),
    ("paper", "1"), ("paper", "2"), ("paper", "muted"), ("paper", "ink"), ("ink", "band"),
    ("muted", "band"),
  ]

  /// What is drawn on what, which needs less.
  package static let shapes: [(front: String, ground: String)] = [
    ("1", "band"), ("2", "band"), ("muted", "band"), ("right", "band"), ("wrong", "paper"),
  ]

  /// Colours of answers (A blue, B grey, C orange) and what all places share.
  private static let base = """
    :root {
      --paper: var(--chart-paper); --ink: var(--chart-ink); --muted: var(--chart-muted);
      --line: var(--chart-grid); --band: var(--chart-band); --link: var(--chart-1);
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1.125rem/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    main:focus { outline: none; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 3px; }
    h1 { line-height: 1.2; margin: .4em 0; text-wrap: balance; }
    ul, ol { margin: 0; padding: 0; list-style: none; }
    button, input, textarea { font: inherit; color: inherit; }
    a { color: var(--link); }
    .down { --hue: var(--chart-1); } .none { --hue: var(--chart-muted); }
    .up { --hue: var(--chart-2); }
    .said { display: inline-flex; align-items: center; gap: .45em; color: var(--hue); font-weight: 650; overflow-wrap: normal; }
    .said small { font-size: .8em; font-weight: 400; }
    .shape { width: 1em; height: 1em; flex: none; fill: currentColor; }
    .letter {
      flex: none; width: 1.5em; height: 1.5em; border-radius: 50%; background: var(--hue);
      color: var(--paper); display: inline-grid; place-items: center; font-size: .85em;
    }
    .kicker { color: var(--muted); margin: 0; font-weight: 600; }
    .chart { width: 100%; height: auto; max-width: 100%; }
    .chart image { image-rendering: pixelated; }
    .row { display: grid; grid-template-columns: 7.5em 1fr; align-items: center; gap: .6em; }
    .bars { display: grid; gap: .2em; }
    .bar { display: grid; grid-template-columns: 1fr 5.4em; align-items: center; gap: .5em; }
    .bar svg { width: 100%; height: 1.6em; background: var(--band); }
    .bar rect { fill: var(--hue); }
    .bar line { stroke: var(--line); vector-effect: non-scaling-stroke; }
    .former { font-size: .72em; }
    .former rect { opacity: .55; }
    .ticks { display: flex; justify-content: space-between; margin-right: 5.9em; color: var(--muted); }
    .ticks span { width: 0; display: flex; justify-content: center; white-space: nowrap; }
    .ticks span:last-child { justify-content: flex-end; }
    .opinions li { display: grid; align-items: center; gap: .15em .6em; }
    .opinions svg { width: 100%; height: 1.1em; background: var(--band); }
    .opinions rect { fill: var(--chart-1); }
    .opinions .count { text-align: right; white-space: nowrap; }
    .opinions .agree { color: var(--muted); }
    .look, .map { display: block; image-rendering: pixelated; max-width: 100%; height: auto; }
    #note:empty { display: none; }
    #heard { position: absolute; top: 0; margin: 0; clip-path: inset(50%); }

    """

  /// One column that a thumb reaches; the desk takes what more there is.
  private static let phone = """
    .room main { max-width: 34rem; margin: 0 auto; padding: .75rem 1rem 5rem; }
    .room h1 { font-size: clamp(1.35rem, 1.1rem + 1.6vw, 1.8rem); }
    h2 { font-size: 1.15rem; margin: 1.6rem 0 .5rem; }
    .me { margin: 0 0 1rem; padding-bottom: .5rem; border-bottom: 1px solid var(--line); color: var(--muted); }
    .me b { color: var(--ink); }
    .lead { font-size: 1.25rem; }
    .change { margin: 0 0 .75rem; color: var(--muted); font-size: .95rem; }
    fieldset { margin: 1rem 0 0; padding: 0; border: 0; }
    legend, label { padding: 0; margin-bottom: .5rem; font-weight: 600; display: block; }
    button, .button {
      min-height: 3rem; padding: .5rem 1.1rem; border: 2px solid var(--muted); border-radius: .8rem;
      background: var(--paper); color: var(--ink); font-weight: 600; cursor: pointer;
      display: inline-block; text-decoration: none; touch-action: manipulation;
    }
    #join button { width: 100%; min-height: 4.5rem; font-size: 1.25rem; }
    .own ul:not(.mine) { padding-left: 1.2rem; list-style: disc; }
    button.main { background: var(--ink); border-color: var(--ink); color: var(--paper); }
    button[aria-busy] { opacity: .6; }
    button[disabled] { border-style: dashed; color: var(--muted); cursor: default; }
    .answer {
      display: flex; width: 100%; min-height: 4.5rem; margin-bottom: .6rem; text-align: left;
      align-items: center; justify-content: space-between; border-color: var(--hue);
      font-size: 1.25rem; border-width: 3px;
    }
    .answer[aria-pressed=true] { background: var(--hue); }
    .answer[aria-pressed=true] :is(.said, .tick) { color: var(--paper); }
    .answer[aria-pressed=true] .letter { background: var(--paper); color: var(--hue); }
    .tick { font-size: 1.5rem; font-weight: 700; }
    .sure { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; margin-bottom: 1.2rem; }
    .sure legend { float: left; width: 100%; grid-column: 1 / -1; }
    .sure button, .candidate { padding: .5rem; }
    .sure button[aria-pressed=true], .candidate[aria-pressed=true],
    .seats button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
    .kept { margin: .25rem 0 0; color: var(--chart-right); font-weight: 600; }
    .time { margin: 0; font-weight: 600; }
    textarea, input[type=text] {
      width: 100%; padding: .6rem .7rem; border: 2px solid var(--muted); border-radius: .8rem;
      background: var(--paper); margin-bottom: .6rem;
    }
    .terms { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 1.4rem 0 0; align-items: start; }
    .terms details[open] { width: 100%; order: 1; }
    .terms summary {
      min-height: 2.6rem; line-height: 2.6rem; color: var(--link); cursor: pointer; list-style: none;
      text-decoration: underline dotted; text-underline-offset: .25em;
    }
    .terms summary::-webkit-details-marker { display: none; }
    .terms p { margin: 0 0 .8rem; padding: .7rem .9rem; background: var(--band); border-radius: .8rem; }
    .former { margin: .5rem 0; color: var(--muted); }
    p.former { font-size: 1rem; }
    .sealed { margin: 1.2rem 0; padding: 1.2rem; border-radius: .8rem; border: 3px solid var(--line); font-size: 1.3rem; }
    .sealed p { margin: .6rem 0 0; font-weight: 650; }
    .mine li { display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: center; margin: .4rem 0; }
    .round { color: var(--muted); min-width: 5.2rem; }
    .mine q { width: 100%; color: var(--muted); }
    .blank { color: var(--muted); }
    .came { display: flex; gap: .7rem; align-items: center; margin: .8rem 0; font-size: 1.15rem; }
    .verdict { margin: .4rem 0; }
    .judgement { margin: 1.2rem 0; padding: 1rem; background: var(--band); border-radius: .8rem; font-weight: 600; }
    .own > li { padding: .9rem 0; border-top: 1px solid var(--line); }
    .own p { margin: 0 0 .3rem; }
    .candidate { display: block; width: 100%; margin-bottom: .6rem; padding: .8rem 1rem; text-align: left; font-weight: 500; }
    #pad { display: block; width: 100%; max-width: 22rem; height: auto; background: #000; border: 3px solid var(--muted); border-radius: .8rem; margin-bottom: .8rem; }
    #try[data-kind=drawing] #pad { touch-action: none; aspect-ratio: 1; cursor: crosshair; }
    #try[data-kind=photograph] #pad:not([data-drawn]) { display: none; }
    #try input[type=file] { display: block; width: 100%; min-height: 3rem; }
    .tried figure { margin: 0; display: flex; gap: .8rem; align-items: center; color: var(--muted); }
    .tried .look { width: 5.5rem; }
    .room .opinions li { grid-template-columns: 1fr auto 5.5rem; padding: .5rem 0; border-top: 1px solid var(--line); }
    .room .opinions .cell { grid-column: 1 / 3; color: var(--muted); }
    .room .opinions .says { grid-column: 1 / 3; grid-row: 2; font-size: 1.25rem; }
    .room .opinions svg { grid-column: 1; grid-row: 3; }
    .room .opinions :is(.count, .agree) { grid-column: 2; grid-row: 3; }
    .room .opinions .map { grid-column: 3; grid-row: 1 / 4; width: 100%; }
    .hand { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--line); }
    .hand summary { color: var(--muted); line-height: 2.6rem; }
    .room summary { min-height: 2.6rem; cursor: pointer; }
    #note {
      position: fixed; inset: auto 0 0; margin: 0; padding: .8rem 1rem; background: var(--ink);
      color: var(--paper); text-align: center;
    }
    #note a { color: inherit; }
    @page { size: A4; margin: 16mm 15mm; }
    @media print {
      html { font-size: 62.5%; }
      .room main { max-width: none; padding: 0; }
      .button, form, nav, .hand { display: none; }
      .own > li { break-inside: avoid; }
    }

    """

  private static let desk = """
    .desk main { max-width: 84rem; margin: 0 auto; padding: 1rem clamp(1rem, 3vw, 2.5rem) 4rem; }
    .desk h1 { font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.2rem); }
    .desk h2 { margin: 0 0 .4rem; font-size: 1.15rem; display: inline-block; }
    .now { position: sticky; top: 0; z-index: 1; padding: .6rem 0 1rem; background: var(--paper); border-bottom: 2px solid var(--line); }
    .now button { min-height: 3.6rem; font-size: 1.2rem; }
    .now button.main { min-width: min(22rem, 60vw); }
    .columns { columns: 24rem 3; column-gap: 2.5rem; margin-top: 1.2rem; }
    .columns section { break-inside: avoid; padding: .6rem 0 1.2rem; }
    .moves { margin-bottom: .6rem; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
    .moves form { display: inline; }
    .count b { font-size: 1.5rem; }
    .count, .hint { margin: 0 0 .6rem; }
    .hint { color: var(--muted); }
    .trouble { margin: 0 0 .5rem; padding: .7rem 1rem; border: 2px solid var(--chart-wrong); border-radius: .8rem; }
    .desk .reasons li { padding: .6rem 0; border-top: 1px solid var(--line); }
    .desk .reasons q { display: block; margin: .2rem 0 .5rem; }
    .reasons .chosen { box-shadow: -.5rem 0 0 var(--paper), -.8rem 0 0 var(--chart-right); }
    .reasons .hidden q { color: var(--muted); text-decoration: line-through; }
    .seats li, .reveals li { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .3rem 0; }
    .seats li > span, .reveals li > span:first-child { min-width: 8rem; flex: 1; }
    .seats button { padding: .3rem .7rem; }
    .seats button[aria-pressed=true] .said { color: inherit; }
    .people li { border-top: 1px solid var(--line); }
    .people summary { padding: .5rem 0; cursor: pointer; }
    .line { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .6rem 0; }
    .line label { width: 100%; margin: 0; }
    .line input[type=text] { width: auto; flex: 1; margin: 0; }
    .course button { width: 100%; text-align: left; border: 0; min-height: 2.5rem; font-weight: 400; padding: .2rem .4rem; }
    .course [aria-current] button { background: var(--band); font-weight: 650; }
    .downloads a { display: inline-block; padding: .5rem 0; }
    code { font: .85em ui-monospace, monospace; }
    .desk .row { grid-template-columns: 6.5em 1fr; }

    """

  /// Everything in the height of the window, no letter under 36 pixels.
  private static let projector = """
    body { font-size: max(36px, min(2.5vw, 4.4vh)); line-height: 1.3; }
    .screen main { min-height: 100vh; padding: 1.2vh 3vw; display: grid; grid-template-rows: 1fr auto; gap: .3em; }
    .stage { display: grid; align-content: center; gap: .5em; min-width: 0; }
    .stage > * { margin: 0; min-width: 0; }
    .stage.asking { gap: .8em; }
    main:has(> .reveal) { height: 100vh; }
    .stage.reveal { grid-template-rows: auto auto minmax(0, 1fr) auto; min-height: 0; gap: .3em; }
    .stage.reveal h1 { font-size: 1.1em; }
    .screen h1 { font-size: 1.45em; margin: 0; }
    .kicker { font-size: 1em; }
    .screen footer { display: flex; justify-content: space-between; gap: 1em; color: var(--muted); border-top: 2px solid var(--line); }
    .said small, .letter { font-size: 1em; }
    .invitation { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.25fr); gap: 4vw; align-items: center; }
    .invitation p { margin: .2em 0; }
    .invitation h1 { font-size: 2em; }
    .qr svg { display: block; width: 100%; height: auto; max-height: 82vh; }
    .address { font-weight: 700; font-size: 1.3em; }
    .address.other { font-weight: 400; font-size: 1em; color: var(--muted); }
    .code b { letter-spacing: .12em; }
    .here b { font-size: 1.6em; }
    .choices { display: grid; grid-template-columns: repeat(3, 1fr); gap: .6em; }
    .choices li { border: 4px solid var(--line); border-radius: .5em; padding: .5em .4em; }
    .choices .said { display: grid; justify-items: center; text-align: center; width: 100%; font-size: 1.1em; gap: .15em; }
    .choices small { display: block; font-size: max(36px, .8em); }
    .choices .shape { width: 1.6em; height: 1.6em; }
    .votes { display: grid; gap: .45em; margin-top: .4em; }
    .row { grid-template-columns: 6.4em 1fr; }
    .bar svg { height: 1.5em; }
    .former { font-size: 1em; } .former svg { height: .8em; }
    .ticks { font-size: 1em; }
    .stage.discussing h1 { font-size: 1.2em; }
    .reasons { display: grid; gap: .35em; line-height: 1.15; font-size: max(36px, .85em); }
    .reasons figure { margin: 0; display: flow-root; }
    .reasons figcaption { float: left; margin-right: .6em; }
    .reasons .letter { width: 1.15em; height: 1.15em; }
    blockquote { margin: 0; }
    .plot { display: block; width: 100%; height: auto; max-height: 52vh; fill: var(--muted); }
    .training .plot { max-height: 46vh; } .end .plot { max-height: 68vh; }
    .plot polyline { fill: none; stroke: var(--line); stroke-width: 3; }
    .plot .diagonal { stroke: var(--muted); stroke-dasharray: 14 12; }
    .plot .line { fill: var(--hue); font-weight: 700; } .plot .curve { stroke: var(--hue); stroke-width: 8; }
    .plot .run { stroke: var(--hue); stroke-width: 2; opacity: .5; }
    .plot .l1 { --hue: var(--chart-1); } .plot .l2 { --hue: var(--chart-2); }
    .plot .l2 .curve { stroke-dasharray: 26 12; }
    .pictures { display: grid; gap: .5em; }
    .images svg { display: block; width: 100%; height: auto; max-height: 17vh; }
    .tiles { display: flex; flex-wrap: wrap; gap: 5px; }
    .tiles i, .key i { width: .62em; height: .62em; border: 3px solid var(--muted); border-radius: 4px; display: inline-block; }
    .key i { margin: 0 .25em 0 .6em; } .key i:first-child { margin-left: 0; }
    i.done { background: var(--muted); }
    i.baseline { border-color: var(--chart-1); }
    i.done.baseline { background: var(--chart-1); }
    i.running { background: linear-gradient(to top, var(--muted) 50%, transparent 50%); }
    i.running.baseline { background: linear-gradient(to top, var(--chart-1) 50%, transparent 50%); }
    i.failed { border-color: var(--chart-wrong); background: repeating-linear-gradient(45deg, var(--chart-wrong) 0 3px, transparent 3px 7px); }
    .forecasts { display: flex; flex-wrap: wrap; gap: .2em 2em; color: var(--muted); }
    .share { margin-left: .5em; white-space: nowrap; } .share > b { color: var(--ink); }
    .share .said > span { position: absolute; clip-path: inset(50%); }
    .share.came, .share.came > b { color: var(--chart-right); }
    .outcome { display: block; width: 100%; height: 100%; min-height: 0; }
    .outcome text { fill: var(--muted); stroke: none; }
    .outcome .band { fill: var(--band); }
    .outcome .zero { stroke: var(--muted); stroke-width: 3; }
    .outcome .reach { stroke: var(--muted); stroke-width: 5; }
    .outcome circle { fill: var(--ink); }
    .outcome .whole { fill: var(--hue); stroke: var(--hue); } .outcome .open { --hue: var(--ink); }
    .outcome .interval { stroke-width: 14; }
    .verdict { display: flex; gap: .8em; align-items: center; } .verdict .said { flex: none; }
    .stage.trying h1 { font-size: 1.3em; }
    .stage .tried { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 3.2fr); gap: .8em; align-items: center; }
    .stage .tried > .look { width: 100%; max-height: 62vh; object-fit: contain; }
    .stage .opinions { display: grid; gap: .2em; }
    .stage .opinions li { grid-template-columns: minmax(0, 7em) minmax(1.2em, auto) minmax(3em, 1fr) 3.4em 2.4em; line-height: 1.05; }
    .stage .opinions .says { font-size: 1.15em; }
    .stage .opinions .agree { grid-column: 3 / 5; }
    .stage .opinions .map { width: 100%; max-height: 9.5vh; object-fit: contain; }
    i.for { background: #ff8228; border-color: #ff8228; } i.against { background: #3c8cff; border-color: #3c8cff; }
    .candidates { display: grid; gap: .4em; counter-reset: candidate; }
    .candidates li { display: grid; grid-template-columns: 1fr 2em; gap: .6em; padding: .3em .5em; border: 3px solid var(--line); border-radius: .4em; line-height: 1.2; }
    .candidates b { text-align: right; align-self: center; font-size: 1.3em; }
    .keys { position: fixed; right: 0; bottom: 0; display: flex; opacity: 0; }
    .keys:focus-within { opacity: 1; }
    .keys button { font-size: 36px; }
    #note { position: absolute; clip-path: inset(50%); }
    #note[data-lost] { clip-path: none; inset: 0 0 auto; margin: 0; background: var(--ink); color: var(--paper); text-align: center; }
    @media (prefers-reduced-motion: no-preference) {
      .reveal .textbook { animation: come .5s both; }
      .reveal .seed, .reveal .whole, .reveal .verdict, .reveal .class { animation: come .4s both; }
      \(delays)
      .reveal .whole { animation-delay: 9.4s; }
      .reveal .verdict, .reveal .class { animation-delay: 10.4s; }
      @keyframes come { from { opacity: 0; } }
    }
    @media print { .screen main { min-height: 0; } }

    """

  /// The first seeds come slowly, so that people see what one run says; the rest follow faster.
  private static var delays: String {
    (0..<24).map { index in
      let seconds = index < 4 ? 2 + 1.1 * Double(index) : min(9, 5.3 + 0.35 * Double(index - 3))
      let tenths = Int((10 * seconds).rounded())
      return
        ".reveal .seed:nth-of-type(\(index + 1)) { animation-delay: \(tenths / 10).\(tenths % 10)s; }"
    }.joined(separator: "\n  ")
  }
}
