import { type Axis } from './axis';
import { brands } from './brands';
import { deliveries } from './deliveries';
import { messages } from './messages';
import { openClaims } from './open-claims';

export const AXES: readonly Axis[] = [openClaims, messages, deliveries, brands];
