/** Only the first packet of a connection is decided about; the others belong to a state. */
export const opening = 'tcp flags & (syn | ack) == syn';
export const later = 'tcp flags & (syn | ack) != syn';
