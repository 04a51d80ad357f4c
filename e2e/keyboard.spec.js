import { test, expect } from './clean.js';

// Everything by keyboard alone, with a focus that can be seen.
test('skip links lead to the results and to the filters', async ({ page }) => {
  await page.goto('/search?q=prison');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the results' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Skip to the results' })).toBeInViewport();
  const asked = [];
  page.on('request', (r) => asked.push(new URL(r.url()).pathname));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#results$/);
  await page.evaluate(() => fetch('/healthz'));
  expect(asked, 'a step within the page searches nothing').not.toContain('/search');
  expect(asked).toContain('/healthz');
  await page.keyboard.press('Tab');
  const inResults = await page.evaluate(() => Boolean(document.activeElement.closest('#results')));
  expect(inResults).toBe(true);
});

test('choose a filter and apply it', async ({ page }) => {
  await page.goto('/search?q=prison');
  await tabTo(page, 'input[name=region][value=europe]');
  await page.keyboard.press('Space');
  await tabTo(page, '#apply-last, #apply');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/region=europe/);
});

test('suggestions: a combobox', async ({ page }) => {
  await page.goto('/search');
  const box = page.locator('#q');
  await box.focus();
  await page.keyboard.type('reint');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const active = await box.getAttribute('aria-activedescendant');
  expect(active).toBeTruthy();
  await expect(page.locator(`#${active}`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('reint');
});

test('a long question can be typed', async ({ page }) => {
  const question = 'what helps children of foreign fighters to settle at school after their return';
  await page.goto('/');
  await page.locator('#q').focus();
  await page.keyboard.type(question);
  await expect(page.locator('#q')).toHaveValue(question);
});

test('every stop of the Tab key shows where it is', async ({ page }) => {
  await page.goto('/search?q=prison&region=sahel');
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      return { what: e.outerHTML.slice(0, 120), outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, seen: box.width > 0 && box.height > 0 };
    });
    if (!stop) break;
    expect(stop.outline, stop.what).toBe(true);
    expect(stop.seen, stop.what).toBe(true);
  }
});

test('targets are at least 24 px', async ({ page }) => {
  for (const path of ['/', '/search?q=prison&region=sahel', '/case-studies/denmark-aarhus-model']) {
    await page.goto(path);
    const small = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a, .chosen a')]
      .filter((e) => e.checkVisibility())
      .map((e) => [e.type === 'checkbox' ? e.closest('label') : e])
      .map(([e]) => ({ html: e.outerHTML.slice(0, 100), box: e.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && (box.height < 24 || box.width < 24))
      .map(({ html, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`));
    expect(small, path).toEqual([]);
  }
});

// tabTo presses Tab until an element that matches is focused.
async function tabTo(page, selector) {
  for (let i = 0; i < 250; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`no Tab stop matches ${selector}`);
}
