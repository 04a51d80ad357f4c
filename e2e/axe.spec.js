import AxeBuilder from '@axe-core/playwright';
import { test, expect } from './clean.js';
import { failing, langs, pages, prefix } from './pages.js';

// Every kind of page, in every language, light and dark, narrow and wide: no violation, no sideways scrolling, mirrored
// where the language is written from right to left.
for (const lang of langs) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      test.describe(`${lang} ${colorScheme} ${width}`, () => {
        test.use({ colorScheme, viewport: { width, height: 900 } });
        for (const path of pages) {
          test(path, async ({ page }) => {
            const response = await page.goto(prefix(lang) + path);
            expect(response.status()).toBe(200);
            await expect(page.locator('html')).toHaveAttribute('lang', lang);
            await expect(page.locator('html')).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
            await expect(page.locator('h1')).toHaveCount(1);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(overflow, 'sideways scrolling in px').toBeLessThanOrEqual(0);
            const { violations } = await new AxeBuilder({ page })
              .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
            expect(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`)).toEqual([]);
          });
        }
      });
    }
  }
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
