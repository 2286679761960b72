/** The name under which a phone without people keeps which county its server is. */
export const KEPT_COUNTY = 'county';
