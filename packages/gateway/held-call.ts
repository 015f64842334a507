import type { AdmittedCall, CallAdmission, ChatRequest } from '@pipelines/contracts';
import type { JsonBody } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import type { AskedChat } from './attempts/chat-call.ts';
import { estimateSize } from './estimate-size.ts';

/** What the limits hold for a call: for the model that it asks, and anew for one that stands in for it. */
export class HeldCall {
  readonly #admission: CallAdmission;
  readonly #asked: Pick<AskedChat, 'principal' | 'apiKeyId' | 'memberId'>;
  readonly #chat: JsonBody<ChatRequest>;
  #model: ResolvedModel | null = null;
  #admitted: AdmittedCall | null = null;

  constructor(admission: CallAdmission, asked: Pick<AskedChat, 'principal' | 'apiKeyId' | 'memberId'>, chat: JsonBody<ChatRequest>) {
    this.#admission = admission;
    this.#asked = asked;
    this.#chat = chat;
  }

  /** At once in all but rare cases. @throws PipelinesError as `CallAdmission.admit` */
  admit(model: ResolvedModel): AdmittedCall | Promise<AdmittedCall> {
    if (this.#admitted !== null && this.#model === model) return this.#admitted;
    const { principal, apiKeyId, memberId } = this.#asked;
    const isAgain = this.#model !== null;
    this.end();
    const admitting = this.#admission.admit({
      organizationId: principal.organizationId,
      apiKeyId,
      memberId,
      slug: model.slug,
      prices: model.prices,
      size: () => estimateSize(this.#chat, model),
      ...(isAgain && { again: true }),
    });
    return admitting instanceof Promise ? admitting.then((admitted) => this.#hold(model, admitted)) : this.#hold(model, admitting);
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
