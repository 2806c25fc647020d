import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Module, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** Vite's build of `console/src`, next to `src` as well as to `dist`. */
const PAGE = join(__dirname, '../../console/dist');
/** Files with a hash of their content in their names. */
const HASHED = /\/assets\//;

/**
 * Serves the page at `/`, and to customers at `/portal/` (http/security-headers.ts says who may frame that). Each file
 * has its own route, so that nothing else is ever read.
 */
@Module({})
export class ConsoleModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  async onModuleInit(): Promise<void> {
    await this.host.httpAdapter.getInstance().register(async (page) => {
      page.addHook('onRoute', (route) => void (route.config = { ...route.config, isFile: true }));
      for (const prefix of ['/', '/portal/'])
        await page.register(fastifyStatic, {
          root: PAGE,
          prefix,
          wildcard: false,
          index: 'index.html',
          decorateReply: false,
          cacheControl: false,
          setHeaders: (reply, path) => {
            if (HASHED.test(path)) void reply.header('cache-control', 'public, max-age=31536000, immutable');
          },
        });
    });
  }
}
