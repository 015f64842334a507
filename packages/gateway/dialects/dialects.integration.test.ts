import { afterAll, beforeAll } from 'vitest';
import { openProtocolStand, type ProtocolStand } from '../__fixtures__/open-protocol-stand.ts';
import { describeCounting } from './__fixtures__/counting-suite.ts';
import { describeEmbeddings } from './__fixtures__/embeddings-suite.ts';
import { describeImages } from './__fixtures__/images-suite.ts';
import { describeKeptCalls } from './__fixtures__/kept-calls-suite.ts';
import { describeMessages } from './__fixtures__/messages-suite.ts';
import { describeResponses } from './__fixtures__/responses-suite.ts';
import { describeUnsupported } from './__fixtures__/unsupported-suite.ts';

let stand: ProtocolStand;
beforeAll(async () => {
  stand = await openProtocolStand();
});
afterAll(() => stand.close());

describeMessages(() => stand);
describeCounting(() => stand);
describeResponses(() => stand);
describeEmbeddings(() => stand);
describeImages(() => stand);
describeUnsupported(() => stand);
describeKeptCalls(() => stand);
