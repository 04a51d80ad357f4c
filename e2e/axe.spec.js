import AxeBuilder from '@axe-core/playwright';
import { test, expect } from './clean.js';
import { failing, langs, pages, prefix } from './pages.js';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Every kind of page, in every language, at both widths, light and dark: no violation, no sideways scrolling, mirrored where the
// language is written from right to left. Dark differs from light in colours alone, so there only the rules on colour run again.
for (const lang of langs) {
  for (const path of pages) {
    test(`${lang} ${path}`, async ({ page }) => {
      test.setTimeout(300_000); // four runs of axe; the glossary has thousands of elements
      const response = await page.goto(prefix(lang) + path);
      expect(response.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('html')).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator('h1')).toHaveCount(1);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `sideways scrolling at ${width} px`).toBeLessThanOrEqual(0);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await repainted(page, colorScheme);
          const axe = new AxeBuilder({ page });
          const { violations } = await (colorScheme === 'light' ? axe.withTags(rules) : axe.withRules(['color-contrast', 'link-in-text-block'])).analyze();
          expect(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`), `${width} px, ${colorScheme}`).toEqual([]);
        }
      }
    });
  }
}

// repainted waits until the page has the colours of a scheme: links take a moment to change theirs, and half-way they are too pale.
async function repainted(page, colorScheme) {
  await page.waitForFunction((scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, colorScheme);
  await page.evaluate(async () => {
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    await Promise.allSettled(document.getAnimations().map((a) => a.finished));
  });
}

for (const path of failing) {
  // The browser itself notes a 404 on the console, so this is not the page that fails on console messages.
  test(`not found: ${path}`, async ({ context }) => {
    const page = await context.newPage();
    const response = await page.goto(path);
    expect(response.status()).toBe(404);
    await expect(page.locator('h1')).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
