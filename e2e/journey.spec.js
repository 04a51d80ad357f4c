import { test, expect } from './clean.js';

// What a reader does: search, filter, take a filter away, turn the page, open a result, go back. With scripts and without.
for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'scripts off', () => {
    test.use({ javaScriptEnabled });

    test('search, filter, remove, page, follow, back', async ({ page }) => {
      await page.goto('/');
      await page.locator('#q').fill('children');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/search\?q=children$/);
      const heading = page.getByRole('heading', { level: 1 });
      const all = await total(heading);
      expect(all).toBeGreaterThan(20);

      const box = page.locator('input[name=region][value=maghreb]');
      await openFilters(page, box);
      const promised = Number(await box.locator('xpath=..').locator('i').textContent());
      await box.check();
      await expect(page, 'ticking a box alone changes nothing').toHaveURL(/\/search\?q=children$/);
      await page.getByRole('button', { name: 'Apply filters' }).first().click();
      await expect(page).toHaveURL(/\/search\?q=children&region=maghreb$/);
      await expect(heading).toContainText('Maghreb');
      expect(await total(heading), 'the number beside the value is what choosing it gives').toBe(promised);
      await expect(page.locator('input[name=region][value=maghreb]')).toBeChecked();

      await page.getByRole('list', { name: 'Chosen filters' }).getByRole('link', { name: /Remove filter.*Maghreb/ }).click();
      await expect(page).toHaveURL(/\/search\?q=children$/);
      await expect(heading).not.toContainText('Maghreb');
      expect(await total(heading)).toBe(all);

      const first = await page.locator('ol.hits a').first().getAttribute('href');
      await page.getByRole('navigation', { name: 'Pages of results' }).getByRole('link', { name: 'Page 2', exact: true }).click();
      await expect(page).toHaveURL(/\/search\?q=children&page=2$/);
      await expect(page.locator('ol.hits a').first()).not.toHaveAttribute('href', first);
      const link = page.locator('ol.hits a').first();
      const title = (await link.textContent()).trim();
      await link.click();
      await expect(heading).toHaveText(title);
      await page.goBack();
      await expect(page).toHaveURL(/\/search\?q=children&page=2$/);
      await expect(page.locator('ol.hits a').first()).toHaveText(title);
      await expect(page.locator('#q')).toHaveValue('children');
    });

    test('a misspelt word leads to the right one', async ({ page }) => {
      await page.goto('/search?q=reintegratoin');
      await page.locator('#said').getByRole('link', { name: 'reintegration' }).click();
      await expect(page).toHaveURL(/q=reintegration$/);
      await expect(page.locator('ol.hits li').first()).toBeVisible();
    });

    test('nothing found leads on', async ({ page }) => {
      await page.goto('/search?q=children&region=oceania&country=TN');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/no results/i);
      await page.locator('main').getByRole('link', { name: /^Drop the filter/ }).first().click();
      await expect(page.locator('ol.hits li').first()).toBeVisible();
    });

    test('the same page in another language', async ({ page }) => {
      await page.goto('/search?q=prison&region=sahel');
      await page.getByRole('link', { name: 'العربية' }).click();
      await expect(page).toHaveURL(/\/ar\/search\?q=prison&region=sahel$/);
      await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
      await page.getByRole('link', { name: 'Français' }).click();
      await expect(page).toHaveURL(/\/fr\/search\?q=prison&region=sahel$/);
      await expect(page.locator('input[name=region][value=sahel]')).toBeChecked();
    });

    test('the map leads to a region, the region to its pages', async ({ page }) => {
      await page.goto('/');
      await page.locator('#main').getByRole('link', { name: /^Sahel/ }).last().click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Sahel');
      await expect(page.locator('#main a[href^="/case-studies/"]').first()).toBeVisible();
    });

    test('a years filter', async ({ page }) => {
      await page.goto('/search?q=prison');
      const from = page.locator('input[name=period_from]');
      await openFilters(page, from);
      await from.fill('2024');
      await page.getByRole('button', { name: 'Apply filters' }).first().click();
      await expect(page).toHaveURL(/\/search\?q=prison&period_from=2024$/);
      await expect(page.locator('input[name=period_from]')).toHaveValue('2024');
      await expect(page.getByRole('list', { name: 'Chosen filters' })).toContainText('2024');
    });
  });
}

test('results are updated in place: focus stays, the number is announced, Back works', async ({ page }) => {
  await page.goto('/search?q=prison');
  const box = page.locator('input[name=tool][value=rehabilitation]');
  await openFilters(page, box);
  await page.evaluate(() => { window.stillHere = true; });
  await box.check();
  const apply = page.getByRole('button', { name: 'Apply filters' }).first();
  await apply.click();
  await expect(page).toHaveURL(/tool=rehabilitation/);
  expect(await page.evaluate(() => window.stillHere), 'the page was not loaded anew').toBe(true);
  await expect(apply).toBeFocused();
  await expect(page.getByRole('status')).toContainText(/\d+ result/);
  await page.goBack();
  await expect(page).toHaveURL(/\/search\?q=prison$/);
  await expect(page.locator('input[name=tool][value=rehabilitation]')).not.toBeChecked();
});

test('the number and the list agree with the interface for programs', async ({ page, request }) => {
  await page.goto('/search?q=children&region=maghreb&tool=reintegration');
  const api = await (await request.get('/api/v1/search?q=children&region=maghreb&tool=reintegration')).json();
  expect(await total(page.getByRole('heading', { level: 1 }))).toBe(api.total);
  const titles = await page.locator('ol.hits h3').allTextContents();
  expect(titles.map((t) => t.trim())).toEqual(api.hits.map((h) => h.title));
  for (const facet of api.facets) {
    for (const value of facet.values.slice(0, 2)) {
      if (value.selected) continue;
      const url = new URL('http://x/api/v1/search?q=children&region=maghreb&tool=reintegration&size=0');
      url.searchParams.delete(facet.field);
      url.searchParams.append(facet.field, value.id);
      const chosen = await (await request.get(url.pathname + url.search)).json();
      expect(chosen.total, `${facet.field}=${value.id}`).toBe(value.count);
    }
  }
});

// total is the number that a results heading begins with.
async function total(heading) {
  return Number((await heading.textContent()).match(/\d+/)[0]);
}

// openFilters unfolds whatever hides a control: the panel on narrow screens, the rest of a long filter.
async function openFilters(page, control) {
  await expect(control).toHaveCount(1);
  for (let i = 0; i < 4 && !(await control.isVisible()); i += 1) {
    await control.locator('xpath=ancestor::details[not(@open)]/summary').filter({ visible: true }).first().click();
  }
}
