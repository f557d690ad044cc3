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
      margin: 0 auto; padding: 1rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 120rem;
      background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: break-word;
    }
    a { color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--raised); }
    .skip:focus { left: 1rem; top: 1rem; z-index: 1; }
    h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.4rem); line-height: 1.15; margin: .5rem 0; }
    h2 { font-size: clamp(1.2rem, 1.1rem + .6vw, 1.5rem); line-height: 1.25; margin: 1rem 0; }
    p, ul, pre, figure, details, .table { margin: .75rem 0; }
    main p, main li { max-width: 56rem; }
    section { border-top: 2px solid var(--line); min-width: 0; }
    ul { padding-left: 1.4rem; }
    li { margin: .4rem 0; }
    code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
    pre {
      padding: 1rem; overflow-x: auto; border: 1px solid var(--line); background: var(--raised);
      font: .85rem/1.45 ui-monospace, monospace;
    }
    .table, .drawing { overflow-x: auto; }
    .wide::before {
      content: "Wider than the page: it scrolls sideways →"; position: sticky; left: 0; display: block;
      width: fit-content; color: var(--quiet); font-size: .9rem;
    }
    table { border-collapse: collapse; line-height: 1.35; }
    th, td {
      padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: right;
      vertical-align: baseline; font-weight: 400; white-space: nowrap;
    }
    .w { text-align: left; }
    .long { min-width: min(16rem, 45vw); max-width: 30rem; white-space: normal; }
    th:first-child, td:first-child { padding-left: 0; }
    thead th { border-bottom: 2px solid var(--quiet); font-weight: 600; vertical-align: bottom; white-space: normal; }
    .note { max-width: 56rem; color: var(--quiet); line-height: 1.4; }
    caption { position: absolute; clip-path: inset(50%); }
    figure { margin: 1.5rem 0; min-width: 0; }
    figcaption { max-width: 56rem; font-size: 1.1rem; font-weight: 600; line-height: 1.35; }
    .drawing { --least: calc(var(--natural) * 1.16px); margin: .75rem 0; }
    .chart image { image-rendering: pixelated; }
    .drawing svg { width: 100%; min-width: var(--least); max-width: calc(var(--natural) * 1.45px); }
    .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); gap: 0 2rem; }
    .gallery.large { display: block; }
    summary { padding: .4rem 0; color: var(--link); cursor: pointer; }
    .reveal { padding: .25rem 1rem; border: 2px solid var(--line); }
    .reveal > summary { font-size: 1.1rem; font-weight: 600; }
    .folded { margin: 0; }
    .folded > summary { padding: .55rem 0; }
    .folded > summary > h2 { display: inline; font-size: 1.1rem; margin: 0; }
    @media screen and (min-width: 900px) {
      main { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
      section:not(:has(> .folded)), section:has(> .folded[open]) { grid-column: 1 / -1; }
    }
    @media screen and (min-width: 1600px) {
      html { font-size: 125%; }
      .drawing { --least: calc(var(--natural) * 1.2px); }
      .drawing svg { max-width: calc(var(--natural) * 1.7px); }
      .gallery { grid-template-columns: repeat(auto-fill, minmax(min(32rem, 100%), 1fr)); }
      .gallery.large { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 3rem; }
    }
    @page { size: A4; margin: 16mm 15mm; }
    @media print {
      html { font-size: 62.5%; }
      body { max-width: none; padding: 0; }
      .skip, .wide::before { display: none; }
      h2, figcaption, summary { break-after: avoid; }
      figure, tr, li, pre { break-inside: avoid; }
      thead { display: table-header-group; }
      .table, .drawing, pre { overflow: visible; }
      .drawing svg { min-width: 0; max-width: calc(var(--natural) * .85px); }
      th, td { padding: .2rem .5rem; white-space: normal; }
      details::details-content { display: block; content-visibility: visible; }
    }
    """

  /// Opens what is closed before it is printed, for browsers that cannot be told so by the style, and marks what is
  /// wider than its place.
  package static let script = """
    const measure = () => {
      for (const box of document.querySelectorAll('.table, .drawing')) {
        box.classList.toggle('wide', box.scrollWidth > box.clientWidth + 1);
      }
    };
    measure();
    addEventListener('resize', measure);
    addEventListener('toggle', measure, true);
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
