import { iamCredentialSchema } from '@pipelines/contracts';
import { bedrockBaseUrl, bedrockRegions } from '../bedrock-converse/bedrock-base-url.ts';
import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest, secretField, textField } from './preset-fields.ts';

export const bedrock: Preset = {
  id: 'bedrock',
  name: 'Bedrock',
  protocol: 'bedrock-converse',
  summary: 'AWS region, and an IAM key pair or an API key',
  baseUrl: {
    kind: 'region',
    urlOf: bedrockBaseUrl,
    field: textField({ name: 'region', label: 'AWS region', kind: 'region', placeholder: 'us-east-1', options: [...bedrockRegions] }),
  },
  authKinds: [
    {
      authKind: 'iam',
      label: 'IAM key pair',
      scheme: 'sigv4-bedrock',
      fields: [
        secretField({ name: 'access_key_id', label: 'Access Key ID', placeholder: 'AKIA…' }),
        secretField({ name: 'secret_access_key', label: 'Secret Access Key' }),
        secretField({ name: 'session_token', label: 'Session token', required: false, help: 'Only with temporary credentials.' }),
      ],
      schema: iamCredentialSchema,
    },
    apiKeyAuth('ABSK… or bedrock-api-key-…', 'Bedrock API key'),
  ],
  quirks: {},
  connectionTest: promptTest,
  providerModelIdExample: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
  keyUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  docsUrl: 'https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html',
  pricesUrl: 'https://aws.amazon.com/bedrock/pricing/',
};
