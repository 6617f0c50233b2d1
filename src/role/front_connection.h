/* A connection is one client of front: its socket, what it has sent and what it will read, its mail in the making.
 *
 * Lives in a slot; `generation` grows each time the slot is used again, so a late answer of a town finds
 * nobody. While `waiting` is not 0 a town works for it, and its input stays where it is. */
#ifndef ROLE_FRONT_CONNECTION_H
#define ROLE_FRONT_CONNECTION_H

#include "base/buf.h"
#include "os/channel.h"
#include "os/loop.h"
#include "os/socket.h"
#include "proto/smtp/smtp_command.h"
#include "proto/smtp/smtp_data.h"
#include "role/front.h"

enum {
    FRONT_CONNECTIONS_MAX = 10000,
    FRONT_INPUT_MAX = 64 << 10,
    FRONT_OUTPUT_MAX = 64 << 10,
    FRONT_RECIPIENTS_MAX = 100,
    FRONT_MESSAGE_MAX = 50 << 20,
    FRONT_IDLE_MS = 5 * 60 * 1000, /* RFC 5321 section 4.5.3.2.7 */
    FRONT_BAD_COMMANDS_MAX = 20,
    FRONT_LINGER_MS = 5 * 1000,
};

struct front;

struct recipient {
    struct str address; /* owned: malloc */
    int town;           /* index into front->peers */
    bool is_awaited;    /* its town was asked, and has not answered */
    enum status status; /* of its town's delivery */
};

struct connection {
    struct front *front;
    uint32_t slot, generation;
    int fd;
    enum front_protocol protocol;
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct buf input, output;
    char remote[SOCKET_ADDRESS_MAX];
    bool is_closing; /* once output is written */
    bool is_lingering; /* it is written, and the client may read it before we close */
    int waiting;     /* answers of towns still to come */
    int bad_commands;
    /* the transaction (RFC 5321 section 3.3) */
    bool has_hello, has_sender, in_data, is_delivering;
    struct str sender; /* owned: malloc */
    uint64_t size;
    struct recipient recipients[FRONT_RECIPIENTS_MAX];
    size_t recipient_count;
    struct smtp_data data;
    struct buf message;
    uint64_t chunk_left; /* bytes of a BDAT still to come */
    bool in_chunk, is_last_chunk;
};

/* A member as front knows it. It stays when its town dies; another channel comes. */
struct front_peer {
    struct front *front;
    int64_t member;
    struct str name, domains, hosts; /* one a line; owned: malloc */
    struct channel *channel;         /* NULL while there is no town: "not now" */
    int index;
};

struct front {
    struct loop *loop;
    struct channel *parent, *auth; /* auth: NULL while there is none */
    struct str hostname;
    struct front_peer *peers[FRONT_TOWNS_MAX];
    size_t peer_count;
    struct connection *slots[FRONT_CONNECTIONS_MAX];
    uint32_t generations[FRONT_CONNECTIONS_MAX];
    int64_t transactions;
};

/* What a protocol does with input, and with an answer of a town. */
void front_smtp_greet(struct connection *connection);
void front_smtp_input(struct connection *connection);
void front_smtp_answer(struct connection *connection, uint16_t kind, struct str payload, int town);

/* A town is gone: what waits for it is answered "not now". */
void front_smtp_lost(struct connection *connection, int town);

/* Index of the town that owns the domain of an address, or -1. */
int front_town_of(const struct front *front, struct str address);
int64_t front_handle(const struct connection *connection);
void front_flush(struct connection *connection);
/* Drops the transaction's sender, recipients and message. */
void front_forget_mail(struct connection *connection);

#endif
