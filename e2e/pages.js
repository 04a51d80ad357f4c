// One page of every kind there is, by path without its language prefix.
export const pages = [
  '/',
  '/search',
  '/search?q=children&region=maghreb&tool=reintegration',
  '/search?q=xqzzyw',
  '/case-studies/denmark-aarhus-model',
  '/good-practices/hague-marrakech-memorandum/19',
  '/frameworks/hague-marrakech-memorandum',
  '/guides/search',
  '/region/sahel',
  '/tool/reintegration',
  '/country/TN',
  '/glossary',
  '/about',
  '/accessibility',
  '/status',
];

export const failing = ['/no-such-page'];

// prefix of the path for a language: the first language has none.
export const prefix = (lang) => (lang === 'en' ? '' : `/${lang}`);
export const langs = ['en', 'fr', 'ar'];
