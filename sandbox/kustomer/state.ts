import type { CustomerBody } from './customer-body';
import type { KObjectFields } from './kobject-body';
import type { KlassBody } from './klass-body';
import type { Property } from './metadata-body';
import type { Table } from './table';

export interface Stamps {
  createdAt: string;
  updatedAt: string;
}

export interface Customer extends Stamps {
  readonly id: string;
  fields: CustomerBody;
  rev: number;
  lastActivityAt: string;
  /** Ids of the KObjects created last, newest first. */
  recentItems: string[];
}

export interface Klass extends Stamps {
  readonly id: string;
  fields: KlassBody;
}

/** One state of a KObject; the earlier ones are kept for reads that lag. */
export interface Version {
  readonly fields: KObjectFields;
  readonly rev: number;
  readonly updatedAt: string;
}

export interface KObject {
  readonly id: string;
  readonly klass: string;
  createdAt: string;
  importedAt?: string | undefined;
  customerId?: string | undefined;
  companyId?: string | undefined;
  current: Version;
  earlier: Version[];
}

export interface Merge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly createdAt: string;
}

/** One change of a KObject, by whom, with the body that asked for it. */
export interface Write {
  readonly at: string;
  readonly what: 'create' | 'update' | 'delete' | 'move';
  /** The name of the API key, or `agent`. */
  readonly by: string;
  readonly klass: string;
  readonly kobjectId: string;
  readonly externalId: string | undefined;
  readonly body: unknown;
}

export interface Org {
  readonly id: string;
  readonly name: string;
  requestsPerMinute: number;
  klasses: Klass[];
  /** By resource: `customer`, `kobject.klaim`, … */
  metadata: Record<string, Record<string, Property>>;
  readonly customers: Table<Customer>;
  readonly kobjects: Table<KObject>;
  merges: Merge[];
  writes: Write[];
}

export interface ApiKey {
  readonly key: string;
  readonly id: string;
  readonly org: string;
  readonly name: string;
  readonly roles: string[];
  readonly createdAt: string;
  revoked: boolean;
  /** A key of another region is told so. */
  readonly pod: string;
}

export interface KustomerState {
  counter: number;
  orgs: Org[];
  keys: ApiKey[];
}
