/* A brake holds back who does one thing too often from one network: tries codes of rooms, opens rooms, has the town's
 * language model asked.
 *
 * Tries live in memory alone, under a keyed hash: no address is kept. Each kind has a table of its own, a row for each
 * network, and the row that was silent longest gives way; so a network's tries are forgotten once BRAKE_NETWORKS others
 * have tried meanwhile, however often each. A try in the future is none: a clock that was set back shuts no door. Lives
 * in the town's slot until brake_close. */
#ifndef SERVICE_GAMES_BRAKE_H
#define SERVICE_GAMES_BRAKE_H

#include "core/ctx.h"

enum brake_kind { BRAKE_CODE, BRAKE_ROOM, BRAKE_ASKING, BRAKE_KINDS };
enum {
    BRAKE_SLOT = 13,
    BRAKE_NETWORKS = 400,
    BRAKE_TRIES_MAX = 20, /* of one network; the limits below are at most that */
    /* A school has one address, and thirty pupils may mistype. Of 16.8 million codes (16 letters, six places), a
     * network that tries twenty a minute comes upon one of three open rooms on less than six days of a thousand. */
    BRAKE_CODES_A_MINUTE = 20,
    /* Of all networks of a town together: where all its 200 rooms are open, one is found in seven hours. Fewer than
     * BRAKE_NETWORKS, so that no row of the last minute gives way. */
    BRAKE_TOWN_CODES_A_MINUTE = 200,
    BRAKE_ROOMS_AN_HOUR = 20,
    BRAKE_ASKINGS_A_MINUTE = 20, /* of the model that the town pays for: four games of five wordings, five talks */
};

enum brake_door {
    BRAKE_OPEN,
    BRAKE_SHUT,      /* to this network */
    BRAKE_TOWN_SHUT, /* to all, for a while */
};
/* Have there been too many? */
enum brake_door brake_door(struct ctx *ctx, enum brake_kind what, struct str remote);
/* One more: a wrong code, a room opened, a text sent to the model. */
void brake_note(struct ctx *ctx, enum brake_kind what, struct str remote);
/* A number for a network, another in each town and after each start; never 0, but where there is no memory. */
uint64_t brake_number(struct ctx *ctx, struct str remote);
/* Accepts a town without one. */
void brake_close(struct town *town);

#endif
