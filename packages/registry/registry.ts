import type {
  AddModelCredentialBody,
  Alias,
  CallableModel,
  Connection,
  ConnectionTest,
  CreateModelBody,
  Credential,
  CredentialTest,
  ListedModel,
  Model,
  ModelConnectionTestBody,
  ModelHealthReport,
  ModelListQuery,
  ModelRouting,
  OrganizationSettings,
  Principal,
  Probe,
  Provider,
  ProviderId,
  Replicas,
  testCredentialBodySchema,
  UpdateCredentialBody,
  UpdateModelBody,
  UpdateModelRoutingBody,
} from '@pipelines/contracts';
import type { z } from 'zod';
import type { PlatformCatalogue } from './catalogue/create-catalogue.ts';
import type { Dependents } from './list-dependents.ts';
import type { ProviderModelListBody } from './list-provider-models.ts';
import type { PriceBook } from './price-book/create-price-book.ts';
import type { UpdateSettingsBody } from './settings.ts';
import type { ResolvedModel } from './snapshot/resolved-model.ts';

/** How a test belongs to the request that asked for it. */
export interface TestOptions {
  /** The `X-Request-Id`; a fresh one where it is left out. */
  readonly requestId?: string;
}

/** Every LLM that an organization may use. Takes checked bodies, answers in the shapes of the API, throws `PipelinesError`. */
export interface Registry {
  /** Brings the catalogue up to date and loads every model; then follows changes. */
  start(): Promise<void>;
  stop(): Promise<void>;

  readonly catalogue: PlatformCatalogue;
  readonly priceBook: PriceBook;

  /**
   * From memory, without waiting; null when there is no such model. A deactivated one has `active: false`.
   * @throws PipelinesError `unavailable` where it cannot be known, because the database is away
   */
  resolve(organizationId: string, slug: string): ResolvedModel | null;
  /** The same of a slug or an alias, as programs name models. */
  resolveName(organizationId: string, name: string): ResolvedModel | null;
  /** What may be called under `/v1`; null allows all. */
  listCallable(organizationId: string, allowedModels: ReadonlySet<string> | null): CallableModel[];

  /** Whether the organization keeps what is said in its calls. From memory, without waiting. */
  keepsContent(organizationId: string): boolean;

  listModels(organizationId: string, query: ModelListQuery): Promise<{ data: Model[]; next_cursor: string | null }>;
  /** @throws PipelinesError `model_not_found` */
  getModel(organizationId: string, slug: string): Promise<Model>;
  /** How real calls went in the last day. @throws PipelinesError `model_not_found` */
  getModelHealth(organizationId: string, slug: string): Promise<ModelHealthReport>;
  /** The processes on this database, and which of them have followed the registry to its last change. */
  listReplicas(): Promise<Replicas>;
  /** @throws PipelinesError `connection_test_required`, `invalid_request`, `not_found`, `credential_required` */
  createModel(principal: Principal, body: CreateModelBody): Promise<Model>;
  /** @throws PipelinesError `credential_required`, `platform_model_immutable`, `model_inactive`, `model_not_found`, `egress_blocked` */
  updateModel(principal: Principal, slug: string, body: UpdateModelBody): Promise<Model>;
  /** @throws PipelinesError `model_in_use`, `platform_model_immutable`, `default_model_protected`, `model_not_found` */
  deactivateModel(principal: Principal, slug: string, options: { readonly confirm: boolean }): Promise<void>;

  /** Takes it back into use. @throws PipelinesError `platform_model_immutable`, `model_not_found` */
  reactivateModel(principal: Principal, slug: string): Promise<Model>;

  /** One live call. A failed one is an answer, not an error. @throws PipelinesError `rate_limited`, `credential_required`, `not_found`, `client_closed_request` */
  testConnection(principal: Principal, body: Connection, signal: AbortSignal, options?: TestOptions): Promise<ConnectionTest>;
  /** Tests the stored model, or a draft of an edit. */
  testModel(
    principal: Principal,
    slug: string,
    body: ModelConnectionTestBody,
    signal: AbortSignal,
    options?: TestOptions,
  ): Promise<ConnectionTest>;

  /** Measures what a model can do by some live calls. @throws PipelinesError as `testConnection`, and `upstream_error` where nothing answered */
  probeConnection(principal: Principal, body: Connection, signal: AbortSignal, options?: TestOptions): Promise<Probe>;
  /** The same of a saved model. @throws PipelinesError `model_not_found`, `model_inactive`, `platform_not_configured` as well */
  probeModel(principal: Principal, slug: string, signal: AbortSignal, options?: TestOptions): Promise<Probe>;
  /** Newest first. @throws PipelinesError `model_not_found` */
  listProbes(organizationId: string, slug: string): Promise<{ data: Probe[] }>;
  listProviders(): Provider[];
  /** For autocomplete: empty when the provider does not tell. */
  listProviderModels(principal: Principal, provider: ProviderId, body: ProviderModelListBody, signal: AbortSignal): Promise<ListedModel[]>;
  listCredentials(organizationId: string): Promise<Credential[]>;
  /** @throws PipelinesError `not_found` */
  getCredential(organizationId: string, id: string): Promise<Credential>;
  /** Replaces the secret for all its models, or says when it ends. @throws PipelinesError `not_found`, `invalid_request`, `conflict` */
  updateCredential(principal: Principal, id: string, body: UpdateCredentialBody): Promise<Credential>;
  /** Tries a new secret on each of its models. @throws PipelinesError `not_found`, `invalid_request`, `rate_limited` */
  testCredential(
    principal: Principal,
    id: string,
    body: z.output<typeof testCredentialBodySchema>,
    signal: AbortSignal,
    options?: TestOptions,
  ): Promise<CredentialTest>;
  /** @throws PipelinesError `credential_in_use`, `not_found` */
  deleteCredential(principal: Principal, id: string): Promise<void>;
  /** @throws PipelinesError `model_not_found` */
  listDependents(organizationId: string, slug: string): Promise<Dependents>;
  /** The other active models that use the credential of this one. */
  listSharing(organizationId: string, slug: string): Promise<{ readonly slug: string; readonly display_name: string }[]>;
  /** How calls of a model find their way, as it is set; of a platform model by the organization. @throws PipelinesError `model_not_found` */
  getModelRouting(organizationId: string, slug: string): Promise<ModelRouting>;
  /** @throws PipelinesError `invalid_request`, `not_found`, `platform_model_immutable`, `model_not_found`, `model_inactive` */
  updateModelRouting(principal: Principal, slug: string, body: UpdateModelRoutingBody): Promise<ModelRouting>;
  /** Lets another credential serve the model too. @throws PipelinesError `connection_test_required`, `already_exists`, `invalid_request` */
  addModelCredential(principal: Principal, slug: string, body: AddModelCredentialBody): Promise<ModelRouting>;
  /** @throws PipelinesError `not_found` */
  removeModelCredential(principal: Principal, slug: string, credentialId: string): Promise<void>;
  /** No process gives an answer again that it keeps of the model. */
  purgeCachedAnswers(principal: Principal, slug: string): Promise<void>;
  /** What would miss a model besides workflows and programs: its aliases, and the models that it stands in for. */
  listNamesAndStandIns(organizationId: string, slug: string): Promise<Pick<ModelRouting, 'aliases' | 'stands_in_for'>>;
  listAliases(organizationId: string): Promise<Alias[]>;
  /** @throws PipelinesError `already_exists`, `model_not_found`, `model_inactive` */
  createAlias(principal: Principal, name: string, slug: string): Promise<Alias>;
  /** @throws PipelinesError `not_found`, `model_not_found`, `model_inactive` */
  updateAlias(principal: Principal, name: string, slug: string): Promise<Alias>;
  /** @throws PipelinesError `not_found` */
  deleteAlias(principal: Principal, name: string): Promise<void>;
  getSettings(organizationId: string): Promise<OrganizationSettings>;
  /** @throws PipelinesError `model_not_found`, `model_inactive` */
  updateSettings(principal: Principal, body: UpdateSettingsBody): Promise<OrganizationSettings>;
}
