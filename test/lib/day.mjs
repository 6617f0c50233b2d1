// Civil days of a town: what its pages take for today, whatever the zone of the machine.
const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' });

// "2026-11-30" of an instant in ms: of now, where none is given.
export const dayOf = (ms = Date.now()) => format.format(new Date(ms));
