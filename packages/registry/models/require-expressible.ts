import { type Capabilities, capabilities, capabilityNames, PipelinesError, type ProviderId } from '@pipelines/contracts';
import { adapters, presetOf } from '@pipelines/providers';

/** A switch that the provider's protocol cannot carry would promise what no call can do. @throws PipelinesError `invalid_request` */
export function requireExpressible(provider: ProviderId, wished: Partial<Capabilities>): void {
  const { name, protocol } = presetOf(provider);
  const missing = capabilities.filter((capability) => wished[capability] && !adapters[protocol].expresses.includes(capability));
  if (missing.length === 0) return;
  throw new PipelinesError('invalid_request', {
    fields: missing.map((capability) => ({
      field: `capabilities.${capability}`,
      message: `${capabilityNames[capability]} cannot be used with ${name}`,
    })),
  });
}
