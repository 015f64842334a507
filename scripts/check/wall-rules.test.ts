import { describe, expect, test } from 'vitest';
import { readModule } from './read-module.mjs';
import { arrowRule, browserRule, connectionRule, doorRule, exposeRule, featureRule, protocolRule, type WallRule } from './wall-rules.mjs';

/** Plants one line of source in a file of the house and asks one wall about it. */
const plant = (rule: WallRule, file: string, source: string) => rule(readModule(file, source));

/** Each planted fault, and beside it the nearest thing that is allowed. */
const WALLS: [wall: string, rule: WallRule, faults: [file: string, source: string][], allowed: [file: string, source: string][]][] = [
  [
    'arrows',
    arrowRule,
    [
      ['packages/contracts/a.ts', "import { x } from '@pipelines/database';"],
      ['packages/egress/a.ts', "import type { X } from '@pipelines/database';"],
      ['packages/providers/a.ts', "export { x } from '@pipelines/egress';"],
      ['packages/registry/a.ts', "export * from '@pipelines/gateway';"],
      ['packages/usage/a.ts', "const x = await import('@pipelines/gateway');"],
      ['packages/gateway/a.ts', "type X = import('@pipelines/database').X;"],
      ['apps/web/a.tsx', "import { x } from '@pipelines/gateway';"],
      ['packages/gateway/a.ts', "import { x } from '@pipelines/database';"],
      ['packages/identity/a.test.ts', "import { x } from '@pipelines/gateway';"],
      ['packages/unheard-of/a.ts', 'export const x = 1;'],
    ],
    [
      ['packages/registry/a.ts', "import { x } from '@pipelines/identity';"],
      ['packages/gateway/a.test.ts', "import { x } from '@pipelines/database/testing';"],
      ['packages/gateway/__fixtures__/a.ts', "import { x } from '@pipelines/database';"],
      ['apps/server/a.ts', "import { x } from '@pipelines/gateway';"],
    ],
  ],
  [
    'doors',
    doorRule,
    [
      ['apps/server/a.ts', "import { x } from '@pipelines/registry/save-model.ts';"],
      ['packages/gateway/a.ts', "import { x } from '../registry/save-model.ts';"],
      ['packages/gateway/deep/a.ts', "import { x } from '../../registry/index.ts';"],
      ['packages/registry/a.ts', "import { x } from '@pipelines/database/testing';"],
    ],
    [
      ['packages/registry/deep/a.ts', "import { x } from '../save-model.ts';"],
      ['packages/registry/a.test.ts', "import { x } from '@pipelines/database/testing';"],
    ],
  ],
  [
    'protocols',
    protocolRule,
    [['packages/providers/openai-chat/a.ts', "import { x } from '../bedrock-converse/b.ts';"]],
    [
      ['packages/providers/openai-chat/a.ts', "import { x } from './b.ts';"],
      ['packages/providers/openai-chat/a.ts', "import { x } from '../adapter.ts';"],
      ['packages/providers/presets/a.ts', "import { x } from '../openai-chat/b.ts';"],
    ],
  ],
  [
    'features',
    featureRule,
    [
      ['apps/web/features/models/a.tsx', "import { x } from '../api-keys/b.tsx';"],
      ['apps/web/features/models/deep/a.tsx', "import { x } from '../../api-keys/b.tsx';"],
      ['apps/web/ui/a.tsx', "import { x } from '../features/models/b.tsx';"],
    ],
    [
      ['apps/web/features/models/deep/a.tsx', "import { x } from '../b.tsx';"],
      ['apps/web/features/models/a.tsx', "import { x } from '../../ui/button.tsx';"],
    ],
  ],
  [
    'connections',
    connectionRule,
    [
      ['packages/registry/a.ts', "import { request } from 'undici';"],
      ['packages/providers/a.ts', "import https from 'node:https';"],
      ['packages/providers/a.ts', "const net = require('net');"],
      ['apps/server/a.ts', "import { connect } from 'node:http2';"],
      ['packages/gateway/a.ts', "import OpenAI from 'openai';"],
      ['packages/identity/a.ts', "import pg from 'pg';"],
      ['packages/identity/a.ts', "await globalThis.fetch('https://x');"],
      ['packages/identity/a.ts', "new globalThis['WebSocket']('wss://x');"],
      ['apps/web/a.ts', "import http from 'node:http';"],
    ],
    [
      ['packages/egress/a.ts', "import { request } from 'undici';"],
      ['packages/database/a.ts', "import pg from 'pg';"],
      ['apps/server/a.ts', "import { createServer } from 'node:http';"],
      ['packages/gateway/a.ts', "import type { IncomingMessage } from 'node:http';"],
      ['packages/providers/a.test.ts', "import OpenAI from 'openai';"],
    ],
  ],
  [
    'secrets',
    exposeRule,
    [
      ['packages/registry/save-model.ts', 'secret.expose();'],
      ['packages/providers/openai-chat/a.ts', 'credential.key?.expose();'],
      ['apps/server/a.ts', "secret['expose']();"],
    ],
    [
      ['packages/providers/authorize-request.ts', 'secret.expose();'],
      ['packages/registry/credential-vault/secret-fields.ts', 'secret.expose();'],
      ['packages/registry/save-model.test.ts', 'secret.expose();'],
    ],
  ],
  [
    'browser',
    browserRule,
    [
      ['packages/contracts/a.ts', "import { createHash } from 'node:crypto';"],
      ['apps/web/a.ts', "import path from 'path';"],
    ],
    [
      ['apps/web/vite.config.ts', "import path from 'node:path';"],
      ['packages/registry/a.ts', "import { createHash } from 'node:crypto';"],
    ],
  ],
];

describe.each(WALLS)('%s', (_wall, rule, faults, allowed) => {
  test.each(faults)('%s: %s', (file, source) => {
    expect(plant(rule, file, `\n${source}`)).toEqual([expect.stringMatching(new RegExp(`^${file}:[12] .`))]);
  });

  test.each(allowed)('%s may: %s', (file, source) => {
    expect(plant(rule, file, source)).toEqual([]);
  });
});

test('a file that cannot be read is a fault, not a pass', () => {
  expect(() => readModule('packages/egress/a.ts', 'import {')).toThrow('packages/egress/a.ts cannot be parsed');
});
