import type { AdmittedCall, AskedCall, CallAdmission } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { AskedChat } from './attempts/chat-call.ts';
import type { SpokenRequest } from './dialects/dialect.ts';
import { estimateSize } from './estimate-size.ts';

/** What the limits hold for a call: for the model that it asks, and anew for one that stands in for it or where an attempt has used it up. */
export class HeldCall {
  readonly #admission: CallAdmission;
  readonly #asked: Pick<AskedChat, 'principal' | 'apiKeyId' | 'memberId'>;
  readonly #request: SpokenRequest;
  #model: ResolvedModel | null = null;
  #admitted: AdmittedCall | null = null;

  constructor(admission: CallAdmission, asked: Pick<AskedChat, 'principal' | 'apiKeyId' | 'memberId'>, request: SpokenRequest) {
    this.#admission = admission;
    this.#asked = asked;
    this.#request = request;
  }

  /** At once in all but rare cases. @throws PipelinesError as `CallAdmission.admit` */
  admit(model: ResolvedModel): AdmittedCall | Promise<AdmittedCall> {
    if (this.#admitted !== null && this.#model === model && !this.#admitted.isSpent) return this.#admitted;
    const again = this.#model === null ? undefined : this.#model === model ? 'same_model' : 'other_model';
    this.end();
    const admitting = this.#admission.admit({ ...this.#ask(model), ...(again && { again }) });
    return admitting instanceof Promise ? admitting.then((admitted) => this.#hold(model, admitted)) : this.#hold(model, admitting);
  }

  /** For what no model is called: counted among the calls of the minute. @throws PipelinesError `rate_limited` */
  admitFree(model: ResolvedModel): AdmittedCall | Promise<AdmittedCall> {
    return this.#admission.admit({ ...this.#ask(model), free: true });
  }

  end(): void {
    this.#admitted?.end();
    this.#admitted = null;
  }

  #ask(model: ResolvedModel): AskedCall {
    const { principal, apiKeyId, memberId } = this.#asked;
    const { slug, prices } = model;
    return { organizationId: principal.organizationId, apiKeyId, memberId, slug, prices, size: () => estimateSize(this.#request, model) };
  }

  #hold(model: ResolvedModel, admitted: AdmittedCall): AdmittedCall {
    this.#model = model;
    this.#admitted = admitted;
    return admitted;
  }
}
