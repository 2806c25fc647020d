// @ts-check
import process from 'node:process';
import { defineConfig } from 'vite';

/**
 * The page: console/src becomes console/dist. Its URLs are relative, so that it works behind a path prefix, and nothing
 * is inline, as its Content-Security-Policy asks. `npx vite console` serves it while you work on it, with the API of
 * a service on port 8085.
 */
const API = [
  'auth',
  'enqueue',
  'requests',
  'queue',
  'events',
  'types',
  'webhooks',
  'admin',
  'customers',
  'portal-links',
  'docs',
];

export default defineConfig(({ command }) => {
  // What is built is for production, also if a test builds it: a development build names the builder's paths.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: import.meta.dirname,
    base: './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 300,
    },
    server: { proxy: Object.fromEntries(API.map((path) => [`/${path}`, 'http://127.0.0.1:8085'])) },
  };
});
