// Runs in a report before anything else in it; tells the page around it what it found.
'use strict';
const findings = [];
addEventListener('error', e => findings.push('error: ' + e.message));
addEventListener('securitypolicyviolation', e => findings.push('against the policy: ' + e.violatedDirective + ' ' + e.blockedURI));
addEventListener('load', () => {
  const wide = EXPECTED_WIDTH, dark = EXPECTED_DARK;
  const visible = e => e.getClientRects().length > 0;
  const scrolls = e => e.closest('.scroll') !== null;
  const name = e => '<' + e.tagName.toLowerCase() + '> "' + e.textContent.trim().slice(0, 40) + '"';
  const luminance = e => { const c = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number); return (c[0] + c[1] + c[2]) / 765; };

  document.querySelectorAll('details').forEach(d => { d.open = true; });
  if (innerWidth !== wide) findings.push('the window is ' + innerWidth + ' pixels wide');
  if (document.documentElement.scrollWidth > innerWidth) findings.push('the page is ' + document.documentElement.scrollWidth + ' pixels wide');
  if ((luminance(document.body) < 0.5) !== dark) findings.push('the theme is not the system\'s');

  let charts = 0, texts = 0;
  for (const svg of document.querySelectorAll('svg')) {
    if (!visible(svg)) continue;
    charts++;
    const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
    if (box.width < 40 || box.height < 20) findings.push('a chart of ' + box.width + ' by ' + box.height + ': ' + svg.querySelector('title').textContent);
    const boxes = [];
    for (const text of svg.querySelectorAll('text')) {
      if (text.textContent === '') continue;
      texts++;
      const r = text.getBoundingClientRect();
      if (parseFloat(getComputedStyle(text).fontSize) * scale < 8.5) findings.push('type of ' + (parseFloat(getComputedStyle(text).fontSize) * scale).toFixed(1) + ' pixels: ' + name(text));
      if (r.left < box.left - 1.5 || r.right > box.right + 1.5 || r.top < box.top - 1.5 || r.bottom > box.bottom + 1.5) findings.push('beyond its chart: ' + name(text) + ' in ' + svg.querySelector('title').textContent);
      // A line's box is higher than its letters: a quarter of it may touch.
      const slack = Math.min(r.width, r.height) / 4;
      for (const [other, o] of boxes) {
        if (r.left + 1 < o.right && o.left + 1 < r.right && r.top + slack < o.bottom && o.top + slack < r.bottom) findings.push(name(text) + ' over ' + name(other) + ' in ' + svg.querySelector('title').textContent);
      }
      boxes.push([text, r]);
    }
  }
  if (charts < LEAST_CHARTS) findings.push('only ' + charts + ' charts are to be seen');
  if (texts < 20) findings.push('only ' + texts + ' texts are in them');

  for (const e of document.querySelectorAll('h1, h2, h3, p, dt, dd, li, figcaption, th, td, label, summary, nav a')) {
    if (!visible(e) || e.closest('.skip')) continue;
    const r = e.getBoundingClientRect();
    if (!scrolls(e) && (r.right > innerWidth + 0.5 || r.left < -0.5)) findings.push('beyond the window: ' + name(e));
    if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') findings.push('wider than its place: ' + name(e));
  }
  for (const i of document.images) if (!i.complete || i.naturalWidth === 0) findings.push('a picture that is none: ' + i.alt);
  for (const r of performance.getEntriesByType('resource')) if (!r.name.startsWith('data:')) findings.push('a request: ' + r.name);

  document.getElementById(dark ? 'theme-light' : 'theme-dark').click();
  if ((luminance(document.body) < 0.5) === dark) findings.push('the switch does not switch');
  parent.tell(findings.length === 0 ? 'nothing' : [...new Set(findings)].join('\n'));
});
