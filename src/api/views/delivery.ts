import { z } from 'zod';
import { type Receipt } from '../../intake/receive';
import { DELIVERY_STATUSES, type DeliverySummary } from '../../store/deliveries';
import { instant } from './common';

/** A line of the intake log. */
export const delivery = z
  .strictObject({
    id: z.string(),
    source: z.string().meta({ example: 'order-protection' }),
    topic: z.string().meta({ example: 'claim.created' }),
    claimId: z.string().nullable(),
    status: z.enum(DELIVERY_STATUSES),
    error: z.string().nullable().meta({ description: 'Why it is in quarantine, or was put off' }),
    receivedAt: instant,
  })
  .meta({ id: 'Delivery' }) satisfies z.ZodType<DeliverySummary>;

type Stored = Extract<Receipt, { stored: true }>;

/** What the sender of a webhook is told once it is stored. */
export const receipt = z
  .strictObject({
    deliveryId: z.string(),
    status: z.enum(['accepted', 'duplicate', 'ignored', 'quarantined']),
  })
  .meta({ id: 'Receipt' }) satisfies z.ZodType<Omit<Stored, 'stored'>>;
