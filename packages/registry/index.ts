export { type CatalogueOptions, createCatalogue, type PlatformCatalogue } from './catalogue/create-catalogue.ts';
export { seedPlatformModels } from './catalogue/seed-platform-models.ts';
export { createRegistry, type RegistryOptions } from './create-registry.ts';
export { type CredentialVaultOptions, createCredentialVault, type Vault } from './credential-vault/create-credential-vault.ts';
export { type EncryptionKeys, EncryptionKeysError } from './credential-vault/encryption-keys.ts';
export { type LoadEncryptionKeysOptions, loadEncryptionKeys } from './credential-vault/load-encryption-keys.ts';
export type { Registry, TestOptions } from './registry.ts';
export type { ProviderBaseUrls } from './snapshot/resolve-model.ts';
export type { ModelTimeouts, ResolvedModel } from './snapshot/resolved-model.ts';
