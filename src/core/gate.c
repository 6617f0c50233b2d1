#include "core/gate.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

/* key: the session, or the person negated. Tickets that end after until_ms were issued later. */
struct ended {
    int64_t key, until_ms; /* key 0: a free slot */
};

struct gate {
    int64_t member;
    unsigned char key[TICKET_KEY_BYTES];
    bool is_open;
    int64_t refused_until_ms; /* tickets that end by then are refused, whosever they are */
    struct ended *slots;
    size_t room, count; /* room: a power of two, at least twice the count */
};

struct gate *gate_create(int64_t member, const unsigned char key[TICKET_KEY_BYTES])
{
    struct gate *gate = calloc(1, sizeof *gate);
    REQUIRE(gate != NULL);
    gate->member = member;
    memcpy(gate->key, key, TICKET_KEY_BYTES);
    gate->room = FIRST_ROOM;
    gate->slots = calloc(gate->room, sizeof *gate->slots);
    REQUIRE(gate->slots != NULL);
    return gate;
}

void gate_destroy(struct gate *gate)
{
    if (gate == NULL)
        return;
    explicit_bzero(gate->key, sizeof gate->key);
    free(gate->slots);
    free(gate);
}

void gate_open(struct gate *gate)
{
    gate->is_open = true;
}

/* The slot of a key, or the free one where it would go. */
static struct ended *slot_of(const struct gate *gate, int64_t key)
{
    uint64_t at = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15) >> 20;
    for (;; at++) {
        struct ended *slot = &gate->slots[at & (gate->room - 1)];
        if (slot->key == key || slot->key == 0)
            return slot;
    }
}

static void put(struct gate *gate, struct ended ended)
{
    struct ended *slot = slot_of(gate, ended.key);
    gate->count += slot->key == 0;
    *slot = ended;
}

/* Into a table of `room` slots goes what still matters at now_ms. */
static void rebuild(struct gate *gate, size_t room, int64_t now_ms)
{
    struct ended *old = gate->slots;
    size_t old_room = gate->room;
    gate->slots = calloc(room, sizeof *gate->slots);
    REQUIRE(gate->slots != NULL);
    gate->room = room;
    gate->count = 0;
    for (size_t i = 0; i < old_room; i++)
        if (old[i].key != 0 && old[i].until_ms > now_ms)
            put(gate, old[i]);
    free(old);
}

static void make_room(struct gate *gate, struct instant now)
{
    if (2 * (gate->count + 1) <= gate->room)
        return;
    rebuild(gate, gate->room < 2 * GATE_ENDED_MAX ? 2 * gate->room : gate->room, now.ms);
    if (gate->count < GATE_ENDED_MAX)
        return;
    gate->refused_until_ms = now.ms + TICKET_LIFE_MS;
    rebuild(gate, FIRST_ROOM, INT64_MAX);
}

void gate_end(struct gate *gate, int64_t session, int64_t person, struct instant now)
{
    int64_t key = session != 0 ? session : -person;
    if (key == 0)
        return;
    make_room(gate, now);
    put(gate, (struct ended){key, now.ms + TICKET_LIFE_MS});
}

enum status gate_still(const struct gate *gate, const struct ticket *ticket)
{
    const struct ended *session = slot_of(gate, ticket->session), *person = slot_of(gate, -ticket->person);
    if (ticket->session != 0 && session->key == ticket->session)
        return GONE;
    return ticket->person != 0 && person->key == -ticket->person && ticket->expires.ms <= person->until_ms ? GONE : OK;
}

enum status gate_admit(const struct gate *gate, struct str sealed, struct instant now, struct ticket *ret_ticket)
{
    struct ticket ticket;
    TRY(ticket_open(sealed, gate->key, gate->member, now, &ticket));
    if (!gate->is_open)
        return BUSY;
    if (ticket.expires.ms <= gate->refused_until_ms)
        return GONE;
    TRY(gate_still(gate, &ticket));
    *ret_ticket = ticket;
    return OK;
}
