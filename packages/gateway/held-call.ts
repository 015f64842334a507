import type { AdmittedCall, CallAdmission, ChatRequest, Principal } from '@pipelines/contracts';
import type { JsonBody } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import { estimateSize } from './estimate-size.ts';

/** A call that its limits are asked about. */
export interface LimitedCall {
  readonly principal: Principal;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly chat: JsonBody<ChatRequest>;
}

/** What the limits hold for a call: for the model that it asks, and anew for one that stands in for it. */
export class HeldCall {
  readonly #admission: CallAdmission;
  readonly #call: LimitedCall;
  #model: ResolvedModel | null = null;
  #admitted: AdmittedCall | null = null;

  constructor(admission: CallAdmission, call: LimitedCall) {
    this.#admission = admission;
    this.#call = call;
  }

  /** At once in all but rare cases. @throws PipelinesError as `CallAdmission.admit` */
  admit(model: ResolvedModel): AdmittedCall | Promise<AdmittedCall> {
    if (this.#admitted !== null && this.#model === model) return this.#admitted;
    const { principal, apiKeyId, memberId, chat } = this.#call;
    const isAgain = this.#model !== null;
    this.end();
    const asked = this.#admission.admit({
      organizationId: principal.organizationId,
      apiKeyId,
      memberId,
      slug: model.slug,
      prices: model.prices,
      size: () => estimateSize(chat, model),
      ...(isAgain && { again: true }),
    });
    return asked instanceof Promise ? asked.then((admitted) => this.#hold(model, admitted)) : this.#hold(model, asked);
  }

  end(): void {
    this.#admitted?.end();
    this.#admitted = null;
  }

  #hold(model: ResolvedModel, admitted: AdmittedCall): AdmittedCall {
    this.#model = model;
    this.#admitted = admitted;
    return admitted;
  }
}
