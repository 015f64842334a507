/** The one row that a sealed content belongs to. In any other it does not open. */
export interface ContentPlace {
  readonly kind: 'attempt';
  readonly organizationId: string;
  readonly id: readonly string[];
}

/** Who seals and opens what was said: the registry's vault. */
export interface ContentVault {
  sealContent(place: ContentPlace, plaintext: Uint8Array): Promise<{ readonly sealed: Uint8Array; readonly dataKeyVersion: number }>;
  /** @throws PipelinesError `content_unreadable` */
  openContent(place: ContentPlace, sealed: { readonly sealed: Uint8Array; readonly dataKeyVersion: number }): Promise<Uint8Array>;
}
