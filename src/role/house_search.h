/* The search database of a town (service/mail/search.h): opened beside town.db, made anew when it is of no use.
 *
 * It is derived, so nothing here fails: a town without it reads each message it searches, and finds the same. */
#ifndef ROLE_HOUSE_SEARCH_H
#define ROLE_HOUSE_SEARCH_H

#include "core/town.h"

/* Opens members/NAME/search.db; one that is damaged, or of a newer program, is set aside as search.db.damaged. */
void house_open_search(struct town *town);
/* The same beside the town that writes, to read: what cannot be used is passed over. */
void house_open_search_to_read(struct town *town);
/* Sets aside the one that is open, which was found damaged, and makes another. */
void house_renew_search(struct town *town);
/* Memory it does not need while nothing happens goes back. */
void house_quiet_search(struct town *town);

#endif
