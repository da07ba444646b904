import { type BrandConfig, type BrandInput, type BrandView } from './brand-config';

export interface BrandSummary {
  brand: string;
  name: string;
  createdAt: string;
  updatedAt: string;
}

/** The brands and their secrets. */
export interface BrandStore {
  /** The configuration with secrets in clear, or `null` for an unknown brand. */
  get(brand: string): Promise<BrandConfig | null>;
  /** Replaces all but secrets: one left out stays, `null` removes it, a list replaces the list. */
  put(brand: string, input: BrandInput): Promise<'created' | 'replaced'>;
  /** The configuration as it may be shown, or `null` for an unknown brand. */
  view(brand: string): Promise<BrandView | null>;
  list(): Promise<BrandSummary[]>;
  /** Removes configuration, secrets and tokens; `false` for an unknown brand. The ledger stays: it is what keeps money from moving twice. */
  remove(brand: string): Promise<boolean>;
}
