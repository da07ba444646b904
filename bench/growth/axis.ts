import { type Brand } from '../site/brand';
import { type Site } from '../site/site';
import { type Claim, type Ground } from './ground';

/** One way in which the work grows. */
export interface Axis {
  name: string;
  /** What there is more and more of. */
  what: string;
  /** How many of it, from 1 time the work on. */
  sizes: readonly number[];
  /** Sets the product up with so many. */
  prepare(site: Site, size: number): Promise<Grown>;
}

/** The product with its work, to be measured. */
export interface Grown {
  ground: Ground;
  /** The brands that webhooks come for, in turn. */
  brands: readonly Brand[];
  /** The claims of the next so many messages, one each. */
  nextClaims(count: number): Promise<readonly Claim[]>;
}
