/* An audience is who comes to the landing page: what it is best offered, and at which level it reads. */
#ifndef SERVICE_GAMES_AUDIENCE_H
#define SERVICE_GAMES_AUDIENCE_H

#include "service/games/game.h"

enum { AUDIENCES = 5, AUDIENCE_GAMES = 3 };

struct audience {
    const char *name; /* /games?for=NAME */
    enum text_key title, text;
    enum game_level level;
    const struct game *games[AUDIENCE_GAMES]; /* NULL: it leads, and is offered workshops, rooms and sheets */
};
extern const struct audience audiences[AUDIENCES];

/* Of the field "for"; NULL: nobody was chosen. */
const struct audience *audience_of(const struct web_request *request);

#endif
