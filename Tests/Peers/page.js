// What a page looks like, measured in the browser: an object of lists of faults, each as a sentence.
() => {
  const faults = { overflow: [], clipped: [], overlapping: [], contrast: [] };
  const name = element => `${element.tagName} '${element.textContent.trim().slice(0, 40)}'`;
  const scrolls = '.table, .drawing, pre';
  const width = document.documentElement.clientWidth;

  if (document.documentElement.scrollWidth > width) {
    faults.overflow.push(`the page is ${document.documentElement.scrollWidth} wide in ${width}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('.skip') || element.parentElement.closest(scrolls)) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) {
      faults.overflow.push(`${name(element)} reaches from ${box.left} to ${box.right} of ${width}`);
    }
  }

  // Letters fill their box only in part: what lies outside it by less than this does not show.
  const slack = 2;
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const texts = [...svg.querySelectorAll('text')].map(text => [text, text.getBoundingClientRect()]);
    texts.forEach(([text, box], place) => {
      if (box.left < frame.left - slack || box.right > frame.right + slack
        || box.top < frame.top - slack || box.bottom > frame.bottom + slack) {
        faults.clipped.push(`${name(text)} in ${svg.getAttribute('aria-label').slice(0, 60)}`);
      }
      for (const [other, next] of texts.slice(place + 1)) {
        const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        if (across > slack && down > 0.25 * Math.min(box.height, next.height)) {
          faults.overlapping.push(`${name(text)} and ${name(other)}`);
        }
      }
    });
  }

  // Relative luminance and contrast: WCAG 2.2, definitions.
  const parse = color => (color.match(/[\d.]+/g) || []).map(Number);
  const over = (top, ground, opacity = 1) => {
    const alpha = (top[3] ?? 1) * opacity;
    return [0, 1, 2].map(i => alpha * top[i] + (1 - alpha) * ground[i]);
  };
  const luminance = color => {
    const [r, g, b] = color.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, two) => {
    const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = element => {
    let colors = [];
    for (let up = element; up; up = up.parentElement) {
      const color = parse(getComputedStyle(up).backgroundColor);
      if ((color[3] ?? 1) > 0) colors.push(color);
    }
    return colors.reverse().reduce((below, color) => over(color, below), [255, 255, 255]);
  };
  const painted = text => {
    const box = text.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    let color = ground(text.closest('svg'));
    for (const shape of text.closest('svg').querySelectorAll('rect, path, polygon, circle, text')) {
      if (shape === text) break;
      if (shape.tagName === 'text') continue;
      const style = getComputedStyle(shape);
      const area = shape.getBoundingClientRect();
      if (style.fill === 'none' || shape.tagName === 'path' && style.stroke !== 'none') continue;
      if (area.left > x || area.right < x || area.top > y || area.bottom < y) continue;
      color = over(parse(style.fill), color, style.fillOpacity * style.opacity);
    }
    return color;
  };
  const check = (element, color, below, style) => {
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || size >= 18.66 && parseInt(style.fontWeight) >= 700;
    const found = ratio(over(color, below), below);
    if (found < (isLarge ? 3 : 4.5)) faults.contrast.push(`${name(element)} has ${found.toFixed(2)}`);
  };
  for (const element of document.body.querySelectorAll('*')) {
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!hasText || !element.getBoundingClientRect().width || /SCRIPT|title/.test(element.tagName)) continue;
    const style = getComputedStyle(element);
    const text = element.closest('text');
    if (text) check(text, parse(style.fill), painted(text), style);
    else if (!element.closest('svg')) check(element, parse(style.color), ground(element), style);
  }
  return faults;
}
