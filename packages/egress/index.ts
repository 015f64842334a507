export type { AddressVerdict } from './address-verdict.ts';
export { canonicalizeBaseUrl } from './canonical-url.ts';
export { createEgress, type Egress, type EgressOptions } from './create-egress.ts';
export type { EgressDispatch, EgressHandle, EgressHandler, EgressRequest, EgressTimeouts, ResponseHeaders } from './egress-call.ts';
export { type EgressCause, EgressError, type EgressHint, type EgressPhase } from './egress-error.ts';
export { createEgressPolicy, type EgressPolicy, type EgressPolicyOptions } from './egress-policy.ts';
export type { EgressResponse } from './egress-response.ts';
export type { OwnAddress } from './own-addresses.ts';
export { type AllowEntry, type AllowList, parseAllowList } from './parse-allow-list.ts';
