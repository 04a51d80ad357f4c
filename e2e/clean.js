// A test that fails when a page says anything on the console, throws, or asks another host for anything.
import { test as base, expect } from '@playwright/test';

export { expect };

export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const trouble = [];
    page.on('console', (message) => trouble.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => trouble.push(`script error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL + '/') && !request.url().startsWith('data:')) {
        trouble.push(`request to another host: ${request.url()}`);
      }
    });
    await use(page);
    expect(trouble).toEqual([]);
  },
});
