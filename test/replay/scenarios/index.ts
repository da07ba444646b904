import { brand } from './brand';
import { claims } from './claims';
import { operators } from './operators';
import { other } from './other';
import { outages } from './outages';
import { type Scenario } from './scenario';
import { sources } from './sources';

/** Every path that is recorded, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...claims,
  ...brand,
  ...outages,
  ...operators,
  ...sources,
  ...other,
};
