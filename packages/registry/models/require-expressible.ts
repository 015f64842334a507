import { type Capabilities, capabilities, capabilityNames, type ModelTask, PipelinesError, type ProviderId } from '@pipelines/contracts';
import { adapters, presetOf } from '@pipelines/providers';

/** A switch that the provider's protocol cannot carry, or that means nothing for the model's task, would promise what no call can do. @throws PipelinesError `invalid_request` */
export function requireExpressible(provider: ProviderId, wished: Partial<Capabilities>, task: ModelTask = 'chat'): void {
  const { name, protocol } = presetOf(provider);
  const missing = capabilities.filter(
    (capability) => wished[capability] && (task !== 'chat' || !adapters[protocol].expresses.includes(capability)),
  );
  if (missing.length === 0) return;
  throw new PipelinesError('invalid_request', {
    fields: missing.map((capability) => ({
      field: `capabilities.${capability}`,
      message: `${capabilityNames[capability]} cannot be used with ${task === 'chat' ? name : 'embeddings'}`,
    })),
  });
}
