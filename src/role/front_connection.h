/* A connection is one client of front: its socket, what it has sent and not been heard, what it will read.
 *
 * Lives in a slot; `generation` grows each time the slot is used again, so a late answer finds nobody. What is spoken
 * is a front_calls, with a state of its own. While `waiting` is not 0 another role works for it, and its input stays
 * where it is. Idle, it holds neither input nor output memory. Protocols never end a connection: they set is_closing
 * (after the last words) or is_broken (at once), and whoever called them settles it. */
#ifndef ROLE_FRONT_CONNECTION_H
#define ROLE_FRONT_CONNECTION_H

#include "base/buf.h"
#include "os/channel.h"
#include "os/loop.h"
#include "os/socket.h"
#include "proto/imap/imap_command.h"
#include "role/front.h"
#include "role/front_spool.h"

enum {
    FRONT_CONNECTIONS_MAX = 10000,
    FRONT_INPUT_MAX = 64 << 10,
    FRONT_OUTPUT_MAX = 256 << 10,
    FRONT_READ_STEP = 32 << 10,  /* at least one TLS record (RFC 8446 section 5.1) */
    FRONT_TURN_BYTES = 1 << 20,  /* written for one connection before the others have a turn */
    FRONT_PROGRESS = 16 << 10,   /* bytes that move for the patience to begin anew */
    FRONT_HANDSHAKE_MS = 30 * 1000,
    FRONT_LINGER_MS = 5 * 1000,
    FRONT_AUTH = -1,             /* in place of a town's index */
    FRONT_PARENT = -2,
    FRONT_ADDRESSES = 1 << 14,   /* a power of two: clients counted together whose networks hash alike */
    FRONT_ADDRESS_MAX = 1000,    /* connections of one network address; this machine has no limit */
    FRONT_SPOOLED_MAX = 1 << 30, /* bytes of messages and bodies under way, all connections together */
    FRONT_SPOOLED_SHARE = 1 << 28, /* of one network address; this machine has no limit of its own */
};

struct arena;
struct front;
struct front_errands;
struct connection;
struct web_table;

/* What another role answered. fd (or -1) is closed by the caller; who keeps it sets -1. */
struct front_answer {
    uint16_t kind;
    struct str payload;
    int fd;
    int town; /* index into front->peers, or FRONT_AUTH */
};

/* What is spoken at a door. NULL where nothing is to be done. */
struct front_calls {
    void (*begin)(struct connection *connection);   /* makes the state, greets */
    void (*secured)(struct connection *connection); /* TLS began after it was asked for */
    void (*input)(struct connection *connection, struct str *bytes); /* takes what it can off *bytes */
    void (*answer)(struct connection *connection, struct front_answer *answer);
    void (*lost)(struct connection *connection, int town); /* that role is not there any more */
    void (*late)(struct connection *connection);    /* patience is over: last words */
    void (*drained)(struct connection *connection); /* all output is written */
    void (*end)(struct connection *connection);     /* frees the state */
    void (*leave)(struct connection *connection);   /* front ends: last words */
};

struct connection {
    struct front *front;
    const struct front_calls *calls;
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct tls *tls; /* NULL: in clear */
    void *state;
    struct buf input, output;
    struct str body;  /* mapped; written behind output, from body_done on */
    size_t body_done;
    uint32_t slot, generation;
    uint32_t patience_ms, moved;
    uint16_t address; /* into front->address_counts */
    int fd;
    int waiting; /* answers still to come */
    uint8_t protocol;
    bool is_closing;   /* once output is written */
    bool is_lingering; /* it is written, and the client may read it before we close */
    bool is_broken;
    bool is_turning;   /* to TLS, once output is written */
    bool is_shaking;   /* hands, by TLS */
    bool has_begun;
    char remote[SOCKET_ADDRESS_MAX];
};

/* A member as front knows it, or auth. It stays when its role dies; another channel comes. */
struct front_peer {
    struct front *front;
    int64_t member;
    struct str name, title, kind;    /* as on its plate; front_keep */
    struct str domains, hosts;       /* one a line; front_keep */
    struct channel *channel;         /* NULL while it is not there: "not now" */
    int index;                       /* FRONT_AUTH for auth */
};

struct door; /* front.c */

struct front {
    const struct front_start *start;
    struct door *doors;
    bool is_open; /* the doors are */
    bool is_leaving; /* what is open is finished, nothing new begins */
    int64_t leave_until_ms;
    struct loop_timer *leaving;
    struct loop *loop;
    struct loop_timer *quiet; /* gives memory back to the machine now and then */
    struct channel *parent;
    struct str hostname;
    struct tls_context *tls;
    struct arena *always;       /* memory of the role */
    struct web_table *of_auth;  /* the routes auth answers; all others are a town's */
    struct front_peer auth;
    struct front_peer *peers[FRONT_TOWNS_MAX];
    size_t peer_count;
    struct connection *slots[FRONT_CONNECTIONS_MAX];
    uint32_t generations[FRONT_CONNECTIONS_MAX];
    uint16_t free_slots[FRONT_CONNECTIONS_MAX];
    size_t free_count;
    uint16_t address_counts[FRONT_ADDRESSES];
    uint64_t address_seed;
    struct front_errands *errands; /* mail on its way from town to town */
    int64_t spooled;                /* see FRONT_SPOOLED_MAX */
    int64_t address_spooled[FRONT_ADDRESSES]; /* see FRONT_SPOOLED_SHARE */
    struct imap_limits imap_limits; /* after login */
    uint64_t requests;          /* numbers them, from anywhere on: a trace is found once in a log */
    char scratch[FRONT_READ_STEP]; /* bytes just read; never across two events */
};

extern const struct front_calls front_lmtp_calls, front_smtp_calls, front_submission_calls, front_imap_calls,
    front_web_calls;

/* ---- for protocols ---- */

/* For what this connection sends: at most `max` bytes, within its network's share. */
struct spool front_spool(const struct connection *connection, int64_t max);

/* Words for the client; written when the connection is settled. */
static inline void front_say(struct connection *connection, struct str words)
{
    buf_add(&connection->output, words);
}
/* Sends what an answer carries as memory descriptor, behind what was said. INVALID: not sealed, or of another size. */
MUST_USE enum status front_say_memory(struct connection *connection, int fd, int64_t size);
/* The time to the next sign of life. */
void front_patience(struct connection *connection, uint32_t ms);
/* After the words said: TLS. What was received in clear and not yet taken is dropped (RFC 3207 section 4.2). */
void front_turn_to_tls(struct connection *connection);

int64_t front_handle(const struct connection *connection);
/* The channel to a town or to auth, NULL when it is not there. */
struct channel *front_channel(const struct front *front, int town);
/* Index of the town that owns the domain of an address, or -1. */
int front_town_of(const struct front *front, struct str address);
/* A copy on the heap, NUL-terminated, and its end. */
struct str front_keep(struct str text);
void front_drop(struct str *text);

/* ---- for front.c ---- */

/* Takes over fd. Nothing happens when no slot is free, but that fd is closed. */
void connection_create(struct front *front, const struct front_door *door, int fd, const char *remote);
/* Says the last words of a front that ends. False: somebody works for it, and it goes on until then. */
bool connection_leave(struct connection *connection);
/* The connection an answer is for, NULL when it has ended. */
struct connection *connection_of(const struct front *front, int64_t handle);
/* Hands input on that had to wait, then writes and decides how it goes on; the connection may be gone afterwards. */
void connection_resume(struct connection *connection);
void connection_destroy(struct connection *connection);

#endif
