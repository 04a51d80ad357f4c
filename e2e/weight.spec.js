import { test, expect } from './clean.js';

// The budget of a first visit to a search page: everything that goes over the wire, compressed, headers included.
test('first search page', async ({ page, context }) => {
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  client.on('Network.requestWillBeSent', () => { requests += 1; });
  await page.goto('/search?q=prison', { waitUntil: 'networkidle' });
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  test.info().annotations.push({ type: 'weight', description: `${bytes} bytes, ${requests} requests, ${nodes} elements` });
  expect(bytes).toBeLessThanOrEqual(35_000);
  expect(requests).toBeLessThanOrEqual(4);
  expect(nodes).toBeLessThanOrEqual(1_500);
});
