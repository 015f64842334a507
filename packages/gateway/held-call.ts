import type { AdmittedCall, AskedCall, CallAdmission, ChatRequest } from '@pipelines/contracts';
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
    const isAgain = this.#model !== null;
    this.end();
    const admitting = this.#admission.admit({ ...this.#ask(model), ...(isAgain && { again: true }) });
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
    return { organizationId: principal.organizationId, apiKeyId, memberId, slug, prices, size: () => estimateSize(this.#chat, model) };
  }

  #hold(model: ResolvedModel, admitted: AdmittedCall): AdmittedCall {
    this.#model = model;
    this.#admitted = admitted;
    return admitted;
  }
}
