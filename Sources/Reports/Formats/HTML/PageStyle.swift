/// How a page looks on a projector, a telephone and paper, and the little that it does.
package enum PageStyle {
  /// The style of the page, in the colours of the charts.
  ///
  /// Wide tables and figures scroll in boxes of their own, so that the page itself never does.
  package static let css = """
    :root {
      --ground: var(--chart-paper); --ink: var(--chart-ink); --quiet: var(--chart-muted);
      --line: var(--chart-grid); --raised: var(--chart-band); --link: var(--chart-1);
    }
    * { box-sizing: border-box; }
    html { font-size: 112.5%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 74rem;
      background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: break-word;
    }
    a { color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--raised); }
    .skip:focus { left: 1rem; top: 1rem; z-index: 1; }
    h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.6rem); line-height: 1.15; margin: 1rem 0; }
    h2 {
      font-size: clamp(1.3rem, 1.1rem + 1vw, 1.7rem); line-height: 1.25; margin: 3rem 0 1rem;
      padding-top: 1rem; border-top: 2px solid var(--line);
    }
    p, ul, pre, figure, details, .table { margin: 1rem 0; }
    main p, main li { max-width: 46rem; }
    ul { padding-left: 1.4rem; }
    li { margin: .5rem 0; }
    nav ul { columns: 15rem; padding: 0; list-style: none; }
    nav li { margin: 0; padding: .15rem 0; break-inside: avoid; }
    code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
    pre {
      padding: 1rem; overflow-x: auto; border: 1px solid var(--line); background: var(--raised);
      font: .85rem/1.45 ui-monospace, monospace;
    }
    .table, .drawing { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .88rem; line-height: 1.35; }
    th, td {
      padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
      vertical-align: baseline; font-weight: 400; white-space: nowrap;
    }
    .w { text-align: left; }
    .long { min-width: 16rem; max-width: 26rem; white-space: normal; }
    th:first-child, td:first-child { padding-left: 0; }
    thead th { border-bottom: 2px solid var(--quiet); font-weight: 600; vertical-align: bottom; }
    .note { max-width: 46rem; color: var(--quiet); font-size: .92rem; line-height: 1.45; }
    caption { position: absolute; clip-path: inset(50%); }
    figure { margin: 2rem 0; }
    figcaption { max-width: 46rem; font-size: 1.15rem; font-weight: 600; line-height: 1.35; }
    .drawing { --most: calc(var(--natural) * 1.45px); margin: .75rem 0; }
    .drawing svg { width: 100%; max-width: var(--most); }
    .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 2rem; }
    .gallery > * { min-width: 0; margin: 1rem 0; }
    @media screen and (max-width: 720px) {
      .drawing svg { min-width: calc(var(--natural) * .8px); }
    }
    summary { padding: .4rem 0; color: var(--link); cursor: pointer; }
    .reveal { padding: .25rem 1rem; border: 2px solid var(--line); }
    .reveal > summary { font-size: 1.1rem; font-weight: 600; }
    @page { size: A4; margin: 16mm 15mm; }
    @media print {
      html { font-size: 62.5%; }
      body { max-width: none; padding: 0; }
      nav, .skip { display: none; }
      h2, figcaption, summary { break-after: avoid; }
      figure, tr, li, pre { break-inside: avoid; }
      thead { display: table-header-group; }
      .table, .drawing, pre { overflow: visible; }
      .drawing svg { max-width: calc(var(--natural) * .85px); }
      th, td { padding: .2rem .5rem; white-space: normal; }
      details::details-content { display: block; content-visibility: visible; }
    }
    """

  /// Opens what is closed before it is printed, for browsers that cannot be told so by the style.
  package static let script = """
    addEventListener('beforeprint', () => {
      for (const part of document.querySelectorAll('details:not([open])')) {
        part.open = true;
        part.dataset.wasClosed = '';
      }
    });
    addEventListener('afterprint', () => {
      for (const part of document.querySelectorAll('[data-was-closed]')) {
        part.open = false;
        delete part.dataset.wasClosed;
      }
    });
    """
}
