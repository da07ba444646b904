import { ofOrg, present, type Resource } from './json-api';
import { ownerKey } from './keys';
import type { Customer, Org } from './state';

/** A customer as Kustomer's replies show it. */
export function customerView(org: Org, customer: Customer): Resource {
  const { company, custom = {}, emails = [], phones = [], ...fields } = customer.fields;
  const self = `/v1/customers/${customer.id}`;
  return {
    type: 'customer',
    id: customer.id,
    attributes: present({
      externalIds: [],
      sharedExternalIds: [],
      sharedEmails: [],
      sharedPhones: [],
      socials: [],
      sharedSocials: [],
      urls: [],
      locations: [],
      activeUsers: [],
      watchers: [],
      smoochIds: [],
      tags: [],
      ...fields,
      displayName: fields.name ?? emails[0]?.email,
      displayColor: 'teal',
      displayIcon: 'leaf',
      emails: emails.map((email) => ({ type: 'home', verified: false, ...email })),
      phones: phones.map((phone) => ({ type: 'mobile', verified: false, ...phone })),
      custom,
      conversationCounts: { all: 0, snoozed: 0, open: 0, done: 0 },
      verified: false,
      deleted: false,
      recentItems: customer.recentItems.map((id) => ({ id, type: 'kobject' })),
      createdAt: customer.createdAt,
      updatedAt: customer.updatedAt,
      modifiedAt: customer.updatedAt,
      lastActivityAt: customer.lastActivityAt,
      rev: customer.rev,
    }),
    relationships: {
      org: ofOrg(org),
      messages: { links: { self: `${self}/messages` } },
      ...(company == null
        ? {}
        : { company: { links: { self: `/v1/companies/${company}` }, data: { type: 'company', id: company } } }),
      ...kobjectCollections(org, customer, self),
    },
    links: { self },
  };
}

/** A customer names its KObjects as extra relations under a plural that is in no URL of the API. */
function kobjectCollections(org: Org, customer: Customer, self: string): Record<string, unknown> {
  const klasses = new Set(org.kobjects.find(ownerKey(customer.id)).map(({ klass }) => klass));
  return Object.fromEntries(
    [...klasses].map((klass) => [`${klass}s`, { links: { self: `${self}/${klass}s` }, meta: { kobject: true } }]),
  );
}
